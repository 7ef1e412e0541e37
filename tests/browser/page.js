/* Drive a review page in Chromium as a reviewer would.
 *
 *	page.js PROFILE PAGE STEP...
 *
 * Steps: name:TEXT, key:KEY, keys:KEY*COUNT, hold:KEY*COUNT (as a held key repeats),
 * type:TEXT, filter:ID, show:WHAT, search:TEXT, click:SELECTOR, doubleclick:SELECTOR,
 * wheel:ID*COUNT, drag:ID, reload, download:csv|json:FILE, cancel:csv (the download
 * fails), shot:FILE, size:WIDTHxHEIGHT, axe (what axe finds), print:WHAT (below).
 * A photo is decided once it has been in sight, so key and click wait for that;
 * hold does not.  TC_SIZE, TC_SCALE and TC_TOUCH say what screen there is.  Whatever
 * the page logs as an error, a request to anywhere or a dialog that a script opened
 * ends it with status 1. */
"use strict";
const { chromium } = require("playwright-core");
const fs = require("fs");
const { axe } = require("./axe.js");
const [profile, file, ...steps] = process.argv.slice(2);
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync"];
let wrong = 0;
const complain = (text) => { console.error(text); wrong = 1; };

const facts = {
	who: () => document.querySelector("#facts h2").textContent,
	facts: () => document.querySelector("#facts").innerText,
	count: () => document.querySelector("#count").textContent,
	note: () => (document.querySelector("#answer") || {}).textContent || "",
	asked: () => document.querySelector("#ask").open ? document.querySelector("#ask").innerText : "",
	said: () => document.querySelector("#announce").textContent,
	unsaved: () => document.querySelector("#unsaved").textContent,
	stored: () => String(Object.keys(localStorage).map((key) => Object.keys(JSON.parse(localStorage[key]).answers).length).reduce((a, b) => a + b, 0)),
	lines: () => String(document.querySelectorAll("#original svg .measure").length),
	elements: () => String(document.querySelectorAll("#facts script, #facts img").length),
	drawn: () => String([...document.querySelectorAll("main figure image")].every((image) => image.getAttribute("href").startsWith("data:image/jpeg"))),
	pictures: () => [...document.querySelectorAll("main figure")].filter((figure) => figure.querySelector("image")).map((figure) => figure.id).join(" "),
	percents: () => [...document.querySelectorAll("main figure figcaption")].map((caption) => caption.children[1].textContent).join(" "),
	/* How many of the screen's pixels one of the picture's covers, across and down. */
	pixels: () => ["original", "result"].filter((id) => document.querySelector(`#${id} svg`)).map((id) => {
		const svg = document.querySelector(`#${id} svg`), part = svg.viewBox.baseVal, ratio = devicePixelRatio;
		return [svg.clientWidth * ratio / part.width, svg.clientHeight * ratio / part.height].map((scale) => scale.toFixed(2)).join("x");
	}).join(" "),
	overflow: () => String(document.documentElement.scrollWidth > innerWidth),
	visible: () => ["actions", "facts", "result"].filter((id) => {
		const box = document.getElementById(id).getBoundingClientRect();
		return box.bottom <= innerHeight + 1 && box.top >= 0;
	}).join(" ")
};

const isSeen = () => document.querySelector("#ask").open || document.querySelector("#main").dataset.ready !== "" ||
	!document.querySelector("main image");
const seen = async (page) => {
	for (let waited = 0; !await page.evaluate(isSeen); waited += 20) {
		if (waited > 60000)
			throw new Error("the photo does not come in sight");
		await page.waitForTimeout(20);
	}
};
const middle = async (page, id) => {
	const box = await page.locator(`#${id} .view`).boundingBox();
	return [box.x + box.width / 2, box.y + box.height / 2];
};

const run = async (page, step) => {
	const [what, ...rest] = step.split(":");
	const value = rest.join(":");
	const [word, count] = value.split("*");
	const actions = {
		name: async () => { await page.fill("#who", value); await page.keyboard.press("Enter"); },
		key: async () => { await seen(page); await page.keyboard.press(value); },
		keys: async () => {
			for (let i = 0; i < Number(count); i++) {
				await seen(page);
				await page.keyboard.press(word);
			}
		},
		hold: async () => {
			await seen(page);
			for (let i = 0; i < Number(count); i++)
				await page.keyboard.down(word);
			await page.keyboard.up(word);
		},
		type: () => page.keyboard.type(value),
		filter: () => page.selectOption("#filter", value),
		show: () => page.selectOption("#show", value),
		search: () => page.fill("#search", value),
		click: async () => { await seen(page); await page.click(value); },
		tap: async () => { await seen(page); await page.tap(value); },
		doubleclick: async () => { await seen(page); await page.dblclick(value); },
		wheel: async () => {
			await page.mouse.move(...await middle(page, word));
			for (let i = 0; i < Math.abs(Number(count)); i++)
				await page.mouse.wheel(0, Number(count) > 0 ? -100 : 100);
			await page.waitForTimeout(100);
		},
		drag: async () => {
			const [x, y] = await middle(page, value);
			await page.mouse.move(x, y);
			await page.mouse.down();
			await page.mouse.move(x + 40, y + 30, { steps: 4 });
			await page.mouse.up();
		},
		view: async () => console.log(await page.evaluate((id) => document.querySelector(`#${id} svg`).getAttribute("viewBox"), value)),
		reload: () => page.reload(),
		wait: () => page.waitForTimeout(Number(value)),
		shot: async () => { await seen(page); await page.screenshot({ path: value }); },
		size: () => page.setViewportSize({ width: Number(value.split("x")[0]), height: Number(value.split("x")[1]) }),
		download: async () => {
			const [waiting] = await Promise.all([page.waitForEvent("download"), page.click("#" + rest[0])]);
			await waiting.saveAs(rest.slice(1).join(":"));
		},
		cancel: async () => {
			const [waiting] = await Promise.all([page.waitForEvent("download"), page.click("#" + value)]);
			await waiting.cancel();
		},
		axe: () => axe(page),
		print: async () => console.log(await page.evaluate(`(${facts[value]})()`))
	};
	await actions[what]();
};

(async () => {
	const [width, height] = (process.env.TC_SIZE || "1366x768").split("x").map(Number);
	const context = await chromium.launchPersistentContext(profile, { executablePath: "/usr/bin/chromium", args,
		locale: process.env.TC_LOCALE || "en-US", viewport: { width, height }, acceptDownloads: true, bypassCSP: steps.includes("axe"),
		deviceScaleFactor: Number(process.env.TC_SCALE || 1), hasTouch: Boolean(process.env.TC_TOUCH), isMobile: Boolean(process.env.TC_TOUCH) });
	const page = context.pages()[0] || await context.newPage();
	page.on("console", (message) => { if (message.type() === "error") complain(message.text()); });
	page.on("pageerror", (error) => complain(error.message));
	page.on("dialog", (dialog) => { complain("a dialog: " + dialog.message()); dialog.dismiss(); });
	page.on("request", (request) => { if (!/^(file|data|blob):/.test(request.url())) complain("a request: " + request.url()); });
	const begun = Date.now();
	await page.goto("file://" + file);
	await page.waitForSelector("#facts > *");
	if (process.env.TC_TIMES)
		console.log("loaded in", Date.now() - begun, "ms");
	const worked = Date.now();
	for (const step of steps)
		await run(page, step);
	if (process.env.TC_TIMES)
		console.log("steps took", Date.now() - worked, "ms");
	await context.close();
	process.exit(wrong);
})().catch((error) => { console.error(error.message); process.exit(1); });

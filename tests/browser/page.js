/* Drive a review page in Chromium as a reviewer would.
 *
 *	page.js PROFILE PAGE STEP...
 *
 * Steps: name:TEXT, key:KEY, keys:KEY*COUNT, type:TEXT, filter:ID, show:WHAT,
 * search:TEXT, click:ID, reload, download:csv|json:FILE, shot:FILE, print:WHAT
 * (who, count, left, note, alert, stored).  Whatever the page logs as an error, a
 * request to anywhere or a dialog that a script opened ends it with status 1. */
"use strict";
const { chromium } = require("playwright-core");
const [profile, file, ...steps] = process.argv.slice(2);
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync"];
let wrong = 0;
const complain = (text) => { console.error(text); wrong = 1; };

const run = async (page, step) => {
	const [what, ...rest] = step.split(":");
	const value = rest.join(":");
	const actions = {
		name: async () => { await page.fill("#who", value); await page.keyboard.press("Enter"); },
		key: () => page.keyboard.press(value),
		keys: async () => {
			const [key, count] = value.split("*");
			for (let i = 0; i < Number(count); i++)
				await page.keyboard.press(key);
		},
		type: () => page.keyboard.type(value),
		filter: () => page.selectOption("#filter", value),
		show: () => page.selectOption("#show", value),
		search: () => page.fill("#search", value),
		click: () => page.click("#" + value),
		reload: () => page.reload(),
		shot: () => page.screenshot({ path: value }),
		download: async () => {
			const [waiting] = await Promise.all([page.waitForEvent("download"), page.click("#" + rest[0])]);
			await waiting.saveAs(rest.slice(1).join(":"));
		},
		print: async () => console.log(await page.evaluate((key) => ({
			who: () => document.querySelector("#facts h2").textContent,
			facts: () => document.querySelector("#facts").innerText,
			count: () => document.querySelector("#count").textContent,
			note: () => (document.querySelector("#answer") || {}).textContent || "",
			stored: () => String(localStorage.length),
			lines: () => String(document.querySelectorAll("#original svg .measure").length),
			elements: () => String(document.querySelectorAll("#facts script, #facts img").length),
			drawn: () => String([...document.querySelectorAll("main img")].every((image) => image.naturalWidth > 0))
		})[key](), value))
	};
	await actions[what]();
};

(async () => {
	const context = await chromium.launchPersistentContext(profile, { executablePath: "/usr/bin/chromium", args,
		locale: process.env.TC_LOCALE || "en-US", viewport: { width: 1366, height: 768 }, acceptDownloads: true });
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

/* Open a page without script in Chromium and tell what it is like.
 *
 *	dashboard.js PROFILE PAGE PDF
 *
 * Prints lines: whether it is wider than a wall screen and than a laptop's, what axe
 * finds, how many scripts it has, and writes it to PDF on A4.  Whatever the page logs as
 * an error and a request to anywhere end it with status 1. */
"use strict";
const { chromium } = require("playwright-core");
const { axe } = require("./axe.js");
const [profile, file, pdf] = process.argv.slice(2);
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
	"--disable-background-networking", "--disable-component-update", "--disable-sync"];
let wrong = 0;
const complain = (text) => { console.error(text); wrong = 1; };

/* The page's policy keeps axe's script out: in a browser of its own, without it. */
const inspect = async () => {
	const context = await chromium.launchPersistentContext(profile, { executablePath: "/usr/bin/chromium", args,
		bypassCSP: true });
	const page = context.pages()[0] || await context.newPage();
	await page.goto("file://" + file);
	for (const width of [1920, 414]) {
		await page.setViewportSize({ width, height: 1080 });
		await axe(page);
	}
	await context.close();
};

(async () => {
	const context = await chromium.launchPersistentContext(profile, { executablePath: "/usr/bin/chromium", args,
		viewport: { width: 1920, height: 1080 } });
	const page = context.pages()[0] || await context.newPage();
	page.on("console", (message) => { if (message.type() === "error") complain(message.text()); });
	page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) complain("a request: " + request.url()); });
	await page.goto("file://" + file);
	for (const [width, height] of [[1920, 1080], [1366, 768], [414, 896]]) {
		await page.setViewportSize({ width, height });
		console.log(`${width}: too wide ${await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)}`);
	}
	await page.setViewportSize({ width: 1920, height: 1080 });
	const seen = await page.evaluate(() => ["section.cards", ".charts"].filter((name) =>
		document.querySelector(name).getBoundingClientRect().bottom <= innerHeight).length);
	console.log(`on a wall screen: ${seen} of 2`);
	console.log(`styled: ${await page.evaluate(() => getComputedStyle(document.querySelector(".card")).borderRadius !== "0px")}`);
	console.log(`scripts: ${await page.evaluate(() => document.querySelectorAll("script").length)}`);
	if (pdf)
		await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
	await context.close();
	await inspect();
	process.exit(wrong);
})().catch((error) => { console.error(error.message); process.exit(1); });

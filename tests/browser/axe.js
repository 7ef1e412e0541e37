/* What axe finds on a page, one line each, and how many there are. */
"use strict";
const fs = require("fs");
const axe = async (page) => {
	const found = await page.evaluate(async (source) => {
		(0, eval)(source);
		return (await axe.run()).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
	}, fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
	found.forEach((text) => console.log("axe: " + text));
	console.log(found.length + " found by axe");
};

module.exports = { axe };

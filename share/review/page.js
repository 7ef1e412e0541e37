
"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const proof = data.use === "proof";
const records = data.records;
const store = `tc-${data.use}-${data.batch}-${data.number}`;
const DAY = 86400000, LATE_DAYS = 2;
const $ = (id) => document.getElementById(id);

const words = {
	zh: {
		review: "人工审核", proof: "电子图像校对", page: "第 {0} 部分", all: "全部", open: "未审核", done: "已审核",
		reason: "原因", show: "显示", search: "查找学号、姓名、后四位、班级  ( / )", count: "已审核 {0} / {1}",
		csv: "下载结果 CSV", json: "JSON", keys: "快捷键  ?", language: "English",
		original: "原图（黄：裁切范围；青：头顶、眼线、下巴）", result: "处理结果（登记照）", no_picture: "无图像",
		no: "学号", four: "证件号码后四位", college: "学院", class: "班级", status: "机器判定", waited: "已等待",
		days: "{0} 天", today: "今天上传", pass: "合格", retake: "需重拍", skip: "跳过", undo: "撤销", previous: "上一条",
		who: "请先填写{0}姓名", reviewer: "审核人", proofer: "校对人", begin: "开始", who_hint: "姓名会写入下载的结果，用于追溯。",
		why: "需重拍的原因", other: "其他原因", ok: "确定", cancel: "取消", none: "没有符合条件的记录。",
		finished: "全部完成，请下载结果。", nothing: "没有需要审核的记录。", chosen: "结论：{0}", conflict: "审核意见不一致：",
		held: "待核：", background: "背景已替换", decided: "此前结论：", should_be: "应改为", remark: "说明",
		move: "上一条 / 下一条", finding_filter: "无检测问题", reviewed_by: "{0}：{1}", stored: "（未下载的结果保存在本机浏览器中）",
		storage: "浏览器不允许本地保存：关闭前请先下载结果。", to_search: "查找", write: "填写"
	},
	en: {
		review: "Review", proof: "Proofing", page: "part {0}", all: "all", open: "not answered", done: "answered",
		reason: "Reason", show: "Show", search: "Find number, name, last four, class  ( / )", count: "{0} of {1} answered",
		csv: "Download CSV", json: "JSON", keys: "Keys  ?", language: "中文",
		original: "Original (yellow: crop; cyan: crown, eyes, chin)", result: "Result (registration image)", no_picture: "No picture",
		no: "Student no.", four: "ID, last four", college: "College", class: "Class", status: "Machine says", waited: "Waiting",
		days: "{0} days", today: "since today", pass: "Pass", retake: "Retake", skip: "Skip", undo: "Undo", previous: "Previous",
		who: "First: the {0}'s name", reviewer: "reviewer", proofer: "proofreader", begin: "Begin", who_hint: "It goes into what you download, so that each answer can be traced.",
		why: "Why must it be taken again?", other: "Another reason", ok: "OK", cancel: "Cancel", none: "No record matches.",
		finished: "All done: download the answers.", nothing: "Nothing to review.", chosen: "Answer: {0}", conflict: "Reviewers disagree: ",
		held: "Held: ", background: "background replaced", decided: "Decided before: ", should_be: "Should be", remark: "Remark",
		move: "previous / next", finding_filter: "no finding", reviewed_by: "{0}: {1}", stored: "(kept in this browser until downloaded)",
		storage: "This browser keeps nothing: download before you close the page.", to_search: "search", write: "fill in"
	}
};
const statuses = { pass: "pass", review: "review", reject: "retake", missing: "no photo", unreadable: "unreadable" };
const commonReasons = [
	["pose.roll", "头部倾斜", "head tilted"], ["pose.yaw", "头部侧转", "head turned"], ["eyes.open", "闭眼", "eyes shut"],
	["glasses", "眼镜遮挡或反光", "glasses cover or reflect"], ["hair", "头发遮挡眉眼或耳朵", "hair covers brows, eyes or ears"],
	["light", "光线不均或阴影", "uneven light or shadow"], ["sharpness", "照片模糊", "blurred"], ["background.plain", "背景不符合要求", "background"],
	["matte", "背景替换有瑕疵", "background replaced badly"], ["clothes", "着装不符合要求", "clothes"], ["retouched", "疑似美颜或翻拍", "retouched, or photo of a photo"]
];
const proofAnswers = [["正确", "correct"], ["照片不是本人", "another person's photo"], ["姓名有误", "name is wrong"],
	["证件号有误", "ID number is wrong"], ["学号有误", "student number is wrong"], ["需重拍", "retake"], ["其他", "other"]];

let state = { who: "", language: "", answers: {} };
let storable = true;
let history = [];
let list = [];
let at = 0;

const t = (key, ...values) => words[state.language][key].replace(/\{(\d)\}/g, (all, i) => values[i]);
const both = (zh, en) => state.language === "zh" ? zh : en;
const make = (name, properties, ...children) => {
	const element = Object.assign(document.createElement(name), properties);
	element.append(...children.filter((child) => child !== null && child !== undefined));
	return element;
};
const svg = (name, attributes) => {
	const element = document.createElementNS("http://www.w3.org/2000/svg", name);
	for (const [key, value] of Object.entries(attributes))
		element.setAttribute(key, value);
	return element;
};

/* ---- what is kept until it is downloaded ---- */

const load = () => {
	try {
		const kept = JSON.parse(localStorage.getItem(store) || "null");
		if (kept && typeof kept.answers === "object")
			state = { ...state, ...kept };
	} catch (error) {
		storable = false;
	}
	const known = new Set(records.map((record) => record.token));
	for (const token of Object.keys(state.answers))
		if (!known.has(token))
			delete state.answers[token];
	if (!words[state.language])
		state.language = (navigator.language || "zh").startsWith("zh") ? "zh" : "en";
};
const save = () => {
	try {
		localStorage.setItem(store, JSON.stringify(state));
	} catch (error) {
		storable = false;
	}
};
const forget = () => {
	try {
		localStorage.removeItem(store);
	} catch (error) {
		storable = false;
	}
};

/* ---- pictures ---- */

const overlay = (record) => {
	const width = record.image.width, height = record.image.height;
	const crop = record.crop || [0, 0, width, height], face = record.face || {};
	const left = Math.min(0, crop[0]), top = Math.min(0, crop[1]);
	const right = Math.max(width, crop[0] + crop[2]), bottom = Math.max(height, crop[1] + crop[3]);
	const thick = (bottom - top) / 260;
	const root = svg("svg", { viewBox: `${left} ${top} ${right - left} ${bottom - top}`, role: "img",
		"aria-label": t("original") });
	const line = (y) => {
		if (typeof y === "number")
			root.append(svg("line", { class: "measure", "stroke-width": thick, x1: crop[0], x2: crop[0] + crop[2], y1: y, y2: y }));
	};
	const picture = svg("image", { x: 0, y: 0, width, height, preserveAspectRatio: "none" });
	picture.setAttribute("href", record.original);
	root.append(picture);
	if (record.crop) {
		root.append(svg("path", { class: "outside", "fill-rule": "evenodd", d: `M${left} ${top}H${right}V${bottom}H${left}Z` +
			`M${crop[0]} ${crop[1]}h${crop[2]}v${crop[3]}h${-crop[2]}Z` }));
		root.append(svg("rect", { class: "crop", "stroke-width": thick * 1.3, x: crop[0], y: crop[1], width: crop[2], height: crop[3] }));
	}
	if (Array.isArray(face.box))
		root.append(svg("rect", { class: "box", "stroke-width": thick * .7, x: face.box[0], y: face.box[1], width: face.box[2], height: face.box[3] }));
	line(face.crown);
	if (face.chin)
		line(face.chin[1]);
	if (face.left_eye && face.right_eye)
		root.append(svg("line", { class: "measure", "stroke-width": thick, x1: face.left_eye[0], y1: face.left_eye[1], x2: face.right_eye[0], y2: face.right_eye[1] }));
	return root;
};

const showPictures = (record) => {
	const original = $("original"), result = $("result");
	original.replaceChildren();
	result.replaceChildren();
	if (!record)
		return;
	if (!proof)
		original.append(make("figcaption", { textContent: t("original") }),
			record.original && record.image ? overlay(record) : make("p", { textContent: t("no_picture") }));
	result.append(make("figcaption", { textContent: t("result") + (record.background === "replaced" ? " · " + t("background") : "") }),
		record.result ? make("img", { src: record.result, alt: t("result") }) : make("p", { textContent: t("no_picture") }));
};

/* ---- facts ---- */

const waited = (record) => {
	if (!record.since)
		return null;
	const days = Math.max(0, Math.floor((Date.now() - Date.parse(record.since + "T00:00:00Z")) / DAY));
	return make("dd", { textContent: days === 0 ? t("today") : t("days", days), className: days > LATE_DAYS ? "late" : "" });
};
const numbers = (finding) => {
	if (typeof finding.value !== "number")
		return finding.by && !finding.by.startsWith("tc-") ? finding.by : "";
	const limits = [finding.min !== undefined ? `≥ ${finding.min}` : "", finding.max !== undefined ? `≤ ${finding.max}` : ""].filter(Boolean).join(", ");
	return `${finding.value} ${finding.unit || ""} ${limits ? "(" + limits + ")" : ""}`;
};
const findingItem = (finding) => make("li", { className: finding.level },
	both(finding.zh, finding.en) || both(finding.name_zh, finding.name_en) || finding.id,
	make("div", { className: "number", textContent: `${both(finding.name_zh, finding.name_en) || finding.id}  ${numbers(finding)}` }));
const answerText = (answer) => {
	if (proof)
		return [both(answer.result, (proofAnswers.find((one) => one[0] === answer.result) || [])[1] || answer.result), answer.should_be, answer.remark].filter(Boolean).join(" · ");
	return [t(answer.result), answer.reason_text, answer.remark].filter(Boolean).join(" · ");
};
const showFacts = (record) => {
	const facts = $("facts");
	facts.replaceChildren();
	if (!record) {
		facts.append(make("p", { textContent: records.length === 0 ? t("nothing") : t("none") }));
		return;
	}
	const answer = state.answers[record.token];
	const pairs = [["no", record.student_no], ["four", record.last_four], ["college", record.college], ["class", record.class],
		["status", both(record.status_zh, statuses[record.status]) || record.status]];
	facts.append(make("h2", { textContent: record.name || record.student_no || record.id }));
	const rows = pairs.filter((pair) => pair[1]).flatMap((pair) => [make("dt", { textContent: t(pair[0]) }), make("dd", { textContent: pair[1] })]);
	if (waited(record) && !proof)
		rows.push(make("dt", { textContent: t("waited") }), waited(record));
	const findings = [...record.findings].sort((a, b) => (a.level === "info") - (b.level === "info") || (b.level === "reject") - (a.level === "reject"));
	facts.append(make("ul", { className: "findings" }, ...findings.map(findingItem)), make("dl", {}, ...rows));
	if (record.decision && record.decision.said)
		facts.append(make("p", { className: "said", textContent: t("conflict") + record.decision.said.map((one) => `${one.who}: ${one.after}${one.reason ? " (" + one.reason + ")" : ""}`).join("; ") }));
	else if (record.decision)
		facts.append(make("p", { className: "said", textContent: t("decided") + [t(record.decision.verdict === "pass" ? "pass" : "retake"), record.decision.reason, proof ? "" : record.decision.who].filter(Boolean).join(" · ") }));
	for (const held of record.held || [])
		facts.append(make("p", { className: "said", textContent: t("held") + [held.field, held.reason].filter(Boolean).join(" · ") }));
	if (answer)
		facts.append(make("p", { className: "said " + answer.result, id: "answer", textContent: t("chosen", answerText(answer)) }));
};

/* ---- the frame ---- */

const matches = (record) => {
	const reason = $("filter").value, show = $("show").value, search = $("search").value.trim().toLowerCase();
	const answered = Boolean(state.answers[record.token]);
	if (reason === "-" ? record.findings.length > 0 : reason && !record.findings.some((finding) => finding.id === reason))
		return false;
	if (show === "open" ? answered : show === "done" ? !answered : false)
		return false;
	return !search || [record.student_no, record.name, record.last_four, record.class, record.college, record.id]
		.some((text) => text && text.toLowerCase().includes(search));
};
const refill = (select, options) => {
	const value = select.value;
	select.replaceChildren(...options.map(([key, text]) => make("option", { value: key, textContent: text })));
	select.value = options.some((option) => option[0] === value) ? value : options[0][0];
};
const fillFilters = () => {
	const found = new Map();
	let none = 0;
	for (const record of records) {
		if (record.findings.length === 0)
			none++;
		for (const id of new Set(record.findings.map((finding) => finding.id))) {
			const finding = record.findings.find((one) => one.id === id);
			const entry = found.get(id) || { name: both(finding.name_zh, finding.name_en) || id, count: 0 };
			entry.count++;
			found.set(id, entry);
		}
	}
	const options = [["", t("all") + ` (${records.length})`]];
	for (const [id, entry] of [...found].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1)))
		options.push([id, `${entry.name} (${entry.count})`]);
	if (none > 0)
		options.push(["-", `${t("finding_filter")} (${none})`]);
	refill($("filter"), options);
	refill($("show"), [["", t("all")], ["open", t("open")], ["done", t("done")]]);
};
const showWords = () => {
	document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
	$("title").textContent = t(data.use) + (data.number > 1 ? " · " + t("page", data.number) : "");
	document.title = `${t(data.use)} ${data.school}`;
	$("school").textContent = [data.school_code, data.school, data.class && both(data.class + "届", "class of " + data.class)].filter(Boolean).join(" ");
	$("filter-label").textContent = t("reason");
	$("show-label").textContent = t("show");
	$("search").placeholder = t("search");
	$("search").setAttribute("aria-label", t("to_search"));
	for (const id of ["csv", "json", "keys", "language"])
		$(id).textContent = t(id);
	fillFilters();
	showActions();
};
const act = (text, key, action, className) => {
	const button = make("button", { type: "button", className: className || "", textContent: text }, make("kbd", { textContent: key }));
	button.addEventListener("click", action);
	return button;
};
const showActions = () => {
	const actions = $("actions");
	actions.replaceChildren();
	if (proof)
		proofAnswers.forEach(([zh, en], i) => actions.append(act(both(zh, en), String(i + 1), () => answerProof(zh), i === 0 ? "pass" : "")));
	else
		actions.append(act(t("pass"), "P", () => answer({ result: "pass" }), "pass"), act(t("retake"), "R", askReason, "retake"));
	actions.append(act(t("skip"), "S", () => go(1)), act(t("previous"), "←", () => go(-1)), act(t("undo"), "U", undo));
	if (!storable)
		actions.append(make("span", { className: "late", textContent: t("storage") }));
};
const showCount = () => {
	const done = Object.keys(state.answers).length;
	$("progress").max = Math.max(1, records.length);
	$("progress").value = done;
	$("count").textContent = t("count", done, records.length);
	$("csv").disabled = $("json").disabled = done === 0;
	$("reviewer").textContent = state.who && t("reviewed_by", t(proof ? "proofer" : "reviewer"), state.who);
};
const show = () => {
	const record = list[at];
	showPictures(record);
	showFacts(record);
	showCount();
	if (records.length > 0 && Object.keys(state.answers).length === records.length)
		$("facts").append(make("p", { className: "said pass", textContent: t("finished") }));
};
const refresh = (keep) => {
	const token = keep && list[at] && list[at].token;
	list = records.filter(matches);
	const found = list.findIndex((record) => record.token === token);
	at = found >= 0 ? found : Math.min(at, Math.max(0, list.length - 1));
	show();
};

/* ---- answers ---- */

const go = (step) => {
	at = Math.max(0, Math.min(list.length - 1, at + step));
	show();
};
const advance = () => {
	if ($("show").value === "open") {
		refresh(false);
		return;
	}
	const ahead = list.findIndex((record, i) => i > at && !state.answers[record.token]);
	const behind = list.findIndex((record) => !state.answers[record.token]);
	at = ahead >= 0 ? ahead : behind >= 0 ? behind : at;
	show();
};
const answer = (what) => {
	const record = list[at];
	if (!record || !state.who)
		return;
	history.push({ token: record.token, before: state.answers[record.token] });
	state.answers[record.token] = { ...what, who: state.who, when: new Date().toISOString().replace(/\.\d+Z$/, "Z") };
	save();
	advance();
};
const undo = () => {
	const last = history.pop();
	if (!last)
		return;
	if (last.before)
		state.answers[last.token] = last.before;
	else
		delete state.answers[last.token];
	save();
	refresh(false);
	const found = list.findIndex((record) => record.token === last.token);
	if (found >= 0) {
		at = found;
		show();
	}
};

/* ---- questions ---- */

const ask = (...children) => {
	const dialog = $("ask");
	if (dialog.open)
		dialog.close();
	dialog.replaceChildren(...children);
	dialog.showModal();
	return dialog;
};
const askName = () => {
	const input = make("input", { id: "who", maxLength: 40, autocomplete: "off", value: state.who });
	const form = make("form", { method: "dialog" }, make("h2", { textContent: t("who", t(proof ? "proofer" : "reviewer")) }),
		input, make("p", { className: "number", textContent: t("who_hint") }),
		make("div", { className: "bar" }, make("button", { className: "main", textContent: t("begin") })));
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		if (!input.value.trim())
			return;
		state.who = input.value.trim();
		save();
		$("ask").close();
		show();
	});
	ask(form);
	input.focus();
};
const reasonsFor = (record) => {
	const own = record.findings.filter((finding) => finding.level !== "info").map((finding) => [finding.id, finding.name_zh || finding.id, finding.name_en || finding.id]);
	const ids = new Set(own.map((one) => one[0]));
	return [...own, ...commonReasons.filter((one) => !ids.has(one[0]))];
};
const askReason = () => {
	const record = list[at];
	if (!record || !state.who)
		return;
	const keys = "123456789abcdefghijklmnopq";
	const take = (one, remark) => {
		$("ask").close();
		answer({ result: "retake", reason: one ? one[0] : remark, reason_text: one ? both(one[1], one[2]) : remark, remark: "" });
	};
	const reasons = reasonsFor(record);
	const buttons = reasons.map((one, i) => {
		const button = make("button", { type: "button", textContent: both(one[1], one[2]) }, make("kbd", { textContent: keys[i].toUpperCase() }));
		button.addEventListener("click", () => take(one));
		return button;
	});
	const input = make("input", { id: "remark", maxLength: 200, autocomplete: "off", placeholder: t("other") + "  ( 0 )" });
	input.setAttribute("aria-label", t("other"));
	const form = make("form", {}, make("h2", { textContent: t("why") }), make("div", { className: "choices" }, ...buttons), input);
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		if (input.value.trim())
			take(null, input.value.trim());
	});
	form.addEventListener("keydown", (event) => {
		if (event.target === input || event.ctrlKey || event.metaKey || event.altKey)
			return;
		if (event.key === "0") {
			event.preventDefault();
			input.focus();
		} else if (keys.includes(event.key.toLowerCase()) && reasons[keys.indexOf(event.key.toLowerCase())]) {
			event.preventDefault();
			take(reasons[keys.indexOf(event.key.toLowerCase())]);
		}
	});
	ask(form);
	buttons[0].focus();
};
const answerProof = (result) => {
	if (!list[at] || !state.who)
		return;
	if (result === "正确") {
		answer({ result, should_be: "", remark: "" });
		return;
	}
	const should = make("input", { id: "should-be", maxLength: 100, autocomplete: "off" });
	const remark = make("input", { id: "remark", maxLength: 200, autocomplete: "off" });
	const en = proofAnswers.find((one) => one[0] === result)[1];
	const form = make("form", {}, make("h2", { textContent: both(result, en) }),
		make("label", {}, t("should_be"), should), make("label", {}, t("remark"), remark),
		make("div", { className: "bar" }, make("button", { className: "main", textContent: t("ok") })));
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		$("ask").close();
		answer({ result, should_be: should.value.trim(), remark: remark.value.trim() });
	});
	ask(form);
	(result === "需重拍" || result === "其他" ? remark : should).focus();
};
const showKeys = () => {
	const rows = proof ? proofAnswers.map(([zh, en], i) => [String(i + 1), both(zh, en)]) : [["P", t("pass")], ["R", t("retake")]];
	rows.push(["S / Space", t("skip")], ["← →", t("move")], ["U / Ctrl+Z", t("undo")], ["/", t("to_search")], ["D", t("csv")]);
	ask(make("h2", { textContent: t("keys") }), make("table", {}, ...rows.map(([key, text]) => make("tr", {}, make("td", {}, make("kbd", { textContent: key })), make("td", { textContent: text })))));
};

/* ---- downloads ---- */

const rowsOf = () => records.filter((record) => state.answers[record.token]).map((record) => {
	const one = state.answers[record.token];
	return proof ? { "记录号": record.token, "学号": record.student_no || "", "姓名": record.name || "", "校对结果": one.result,
		"应改为": one.should_be || "", "说明": one.remark || "", "校对人": one.who, "时间": one.when }
		: { "记录号": record.token, "学号": record.student_no || "", "姓名": record.name || "", "审核结果": one.result === "pass" ? "合格" : "需重拍",
		"原因": one.reason || "", "图片": record.picture || "", "原状态": record.before || "", "审核人": one.who, "时间": one.when };
});
/* A cell that a spreadsheet would take for a formula is kept text. */
const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replace(/"/g, '""')}"`;
const give = (type, extension, text) => {
	const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })),
		download: [data.school_code, data.school, t(data.use), data.batch + (data.number > 1 ? "-" + data.number : "")].filter(Boolean).join("_") + extension });
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(link.href), 10000);
	forget();
};
const downloadCsv = () => {
	const rows = rowsOf();
	if (rows.length > 0)
		give("text/csv;charset=utf-8", ".csv", "\ufeff" + [Object.keys(rows[0]), ...rows.map(Object.values)].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n");
};
const downloadJson = () => {
	const rows = rowsOf();
	if (rows.length > 0)
		give("application/json", ".json", JSON.stringify({ type: "tc-answers", format: 1, use: data.use, batch: data.batch, number: data.number, answers: rows }, null, 1) + "\n");
};

/* ---- keys ---- */

const keyed = (event) => {
	if (event.defaultPrevented || $("ask").open || event.altKey || event.isComposing)
		return;
	const key = event.key.toLowerCase();
	if ((event.ctrlKey || event.metaKey) && key === "z") {
		event.preventDefault();
		undo();
		return;
	}
	if (event.ctrlKey || event.metaKey)
		return;
	if (event.target === $("search") || event.target.tagName === "SELECT") {
		if (key === "escape" || key === "enter")
			event.target.blur();
		return;
	}
	const actions = { s: () => go(1), " ": () => go(1), arrowright: () => go(1), j: () => go(1), arrowleft: () => go(-1), k: () => go(-1),
		u: undo, "?": showKeys, d: downloadCsv, "/": () => $("search").focus() };
	if (proof)
		proofAnswers.forEach(([zh], i) => { actions[String(i + 1)] = () => answerProof(zh); });
	else
		Object.assign(actions, { p: () => answer({ result: "pass" }), "1": () => answer({ result: "pass" }), r: askReason, "2": askReason });
	if (event.target.tagName === "BUTTON" && (key === " " || key === "enter"))
		return;
	if (actions[key]) {
		event.preventDefault();
		actions[key]();
	}
};

load();
showWords();
refresh(false);
if (list[at] && state.answers[list[at].token])
	advance();
document.addEventListener("keydown", keyed);
$("filter").addEventListener("change", () => { at = 0; refresh(false); $("filter").blur(); });
$("show").addEventListener("change", () => { at = 0; refresh(false); $("show").blur(); });
$("search").addEventListener("input", () => { at = 0; refresh(false); });
$("csv").addEventListener("click", downloadCsv);
$("json").addEventListener("click", downloadJson);
$("keys").addEventListener("click", showKeys);
$("language").addEventListener("click", () => {
	state.language = state.language === "zh" ? "en" : "zh";
	save();
	showWords();
	refresh(true);
	$("language").blur();
});
$("reviewer").addEventListener("dblclick", askName);
$("ask").addEventListener("cancel", (event) => { if (!state.who) event.preventDefault(); });
if (!state.who)
	askName();
})();


(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const proof = data.use === "proof";
const records = data.records;
records.forEach((record, place) => { record.place = place; });
const store = `tc-${data.use}-${data.batch}-${data.number}`;
const DAY = 86400000, LATE_DAYS = 2, KEPT_DAYS = 30;
const LOOK = 250;	/* milliseconds that a photo is in sight before it can be decided */
const $ = (id) => document.getElementById(id);

const words = {
	zh: {
		review: "人工审核", proof: "电子图像校对", page: "第 {0} 部分", all: "全部", open: "未审核", done: "已审核",
		reason: "按原因筛选", show: "显示范围", search: "学号、姓名、后四位、班级", count: "已审核 {0} / {1}",
		csv: "保存结果", json: "JSON", keys: "快捷键", language: "English",
		original: "原图", other: "疑似同一照片：{0}", result: "电子注册图像", no_picture: "无图像",
		no: "学号", four: "证件号码后四位", college: "学院", class: "班级", point: "教学点", season: "毕业季", status: "机器判定", waited: "已等待",
		days: "{0} 天", today: "今天上传", pass: "合格", retake: "需重拍", skip: "跳过", undo: "撤销", previous: "上一条",
		who: "请先填写{0}姓名", reviewer: "审核人", proofer: "校对人", begin: "开始", who_hint: "姓名会写入保存的结果，用于追溯。",
		why: "需重拍的原因", other_reason: "其他原因", ok: "确定", cancel: "取消", none: "没有符合条件的记录。",
		finished: "全部完成，请保存结果。", nothing: "没有需要审核的记录。", chosen: "结论：{0}", conflict: "审核意见不一致：",
		held: "待核", background: "背景已替换", decided: "此前结论：", should_be: "应改为", remark: "说明",
		move: "上一条 / 下一条", finding_filter: "无检测问题", unchecked_filter: "必检项未能检测", reviewed_by: "{0}：{1}", to_search: "查找",
		storage: "浏览器不允许本地保存：关闭前请先保存结果。", unsaved: "{0} 条未保存", unchecked: "未能检测（不是缺陷）",
		required: "{0}（必检）", fails: "不合格", doubt: "须判断", note: "提示", register: "学信网", accepted: "通过", rejected: "未通过",
		uncertain: "不确定", abnormal: "异常", earlier: "前一张照片", locked: "已交付或已确认，锁定中", of: "第 {0} 条，共 {1} 条",
		rule_title: "机器判定为需重拍，仍要判合格吗？", rule_text: "该照片不符合：", rule_final: "以下规定任何人不能放行，只能重拍：",
		anyway: "仍判合格", proof_rule: "该照片未通过检测，“正确”不能使其合格，学生仍须重拍：", proof_none: "没有照片可以确认。",
		saved_title: "文件保存好了吗？", saved_text: "{0} 条结果已交给浏览器下载：{1}。请在下载文件夹中确认文件已在。确认之前，结果一直保留在本机浏览器中。",
		saved_yes: "已保存", saved_again: "再次下载", saved_no: "没有", whole: "全图", whole_label: "显示全图", real: "100%", real_label: "按原像素显示",
		face: "人脸 F", face_label: "按原像素看人脸（F）", edge: "200% E", edge_label: "放大到 200%，看背景边缘（E）", smaller: "缩小", larger: "放大",
		look: "人脸 / 全图", edges: "电子注册图像 200% / 100%", zoom: "放大、缩小（也可用滚轮、拖动、双指）", next_other: "下一张疑似照片",
		fields: { name: "姓名", id_number: "证件号", student_no: "学号", photo: "照片", other: "其他" }, stale: "名册已变化",
		claimed: "{0}：{1} → {2}", empty: "（空）", unknown: "（未写明）", waits: "等待{0}",
		actors: { reviewer: "审核人", school: "学校", operator: "管理员", register: "学信网", student: "学生", roster: "新名册", other: "另一名学生", picture: "新照片" }
	},
	en: {
		review: "Review", proof: "Proofing", page: "part {0}", all: "all", open: "not answered", done: "answered",
		reason: "Filter by reason", show: "Show", search: "number, name, last four, class", count: "{0} of {1} answered",
		csv: "Save", json: "JSON", keys: "Keys", language: "中文",
		original: "Original", other: "Perhaps the same: {0}", result: "Registration image", no_picture: "No picture",
		no: "Student no.", four: "ID, last four", college: "College", class: "Class", point: "Teaching point", season: "Season", status: "Machine says", waited: "Waiting",
		days: "{0} days", today: "since today", pass: "Pass", retake: "Retake", skip: "Skip", undo: "Undo", previous: "Previous",
		who: "First: the {0}'s name", reviewer: "reviewer", proofer: "proofreader", begin: "Begin", who_hint: "It goes into what you save, so that each answer can be traced.",
		why: "Why must it be taken again?", other_reason: "Another reason", ok: "OK", cancel: "Cancel", none: "No record matches.",
		finished: "All done: save the answers.", nothing: "Nothing to review.", chosen: "Answer: {0}", conflict: "Reviewers disagree: ",
		held: "Held", background: "background replaced", decided: "Decided before: ", should_be: "Should be", remark: "Remark",
		move: "previous / next", finding_filter: "no finding", unchecked_filter: "a required check not made", reviewed_by: "{0}: {1}", to_search: "search",
		storage: "This browser keeps nothing: save before you close the page.", unsaved: "{0} not saved", unchecked: "Not checked (no fault)",
		required: "{0} (required)", fails: "fails", doubt: "to judge", note: "note", register: "Register", accepted: "accepted", rejected: "refused",
		uncertain: "uncertain", abnormal: "abnormal", earlier: "an earlier photo", locked: "delivered or confirmed: locked", of: "{0} of {1}",
		rule_title: "The machine rejected this photo. Pass it nevertheless?", rule_text: "It does not meet:", rule_final: "Nobody can set this aside; the photo has to be taken again:",
		anyway: "Pass nevertheless", proof_rule: "This photo was rejected; an answer does not pass it, and the student has to come again:", proof_none: "There is no photo to confirm.",
		saved_title: "Is the file there?", saved_text: "{0} answers were given to the browser as {1}. Look into the folder of downloads. Until you say that the file is there, the answers stay in this browser.",
		saved_yes: "It is saved", saved_again: "Download again", saved_no: "It is not", whole: "Whole", whole_label: "Show the whole picture", real: "100%", real_label: "Show it as it is",
		face: "Face F", face_label: "See the face in its own pixels (F)", edge: "200% E", edge_label: "See the wall's edge at 200 % (E)", smaller: "Smaller", larger: "Larger",
		look: "face / whole", edges: "image at 200 % / 100 %", zoom: "zoom (or wheel, drag, two fingers)", next_other: "next of those that look the same",
		fields: { name: "name", id_number: "ID number", student_no: "student number", photo: "photo", other: "other" }, stale: "the roster has changed",
		claimed: "{0}: {1} → {2}", empty: "(empty)", unknown: "(not said)", waits: "waits for: {0}",
		actors: {}
	}
};
const statuses = { pass: "pass", review: "review", reject: "retake", missing: "no photo", unreadable: "unreadable" };
/* Of checks the id is the answer, of other reasons the words are. */
const commonReasons = [
	["pose.roll", "头部倾斜", "head tilted"], ["pose.yaw", "头部侧转", "head turned"], ["eyes.open", "闭眼", "eyes shut"],
	["", "眼镜遮挡或反光", "glasses cover or reflect"], ["", "头发遮挡眉眼或耳朵", "hair covers brows, eyes or ears"],
	["light.sides", "光线不均或阴影", "uneven light or shadow"], ["sharpness", "照片模糊", "blurred"], ["background.plain", "背景不符合要求", "background"],
	["", "背景替换有瑕疵", "background replaced badly"], ["", "着装不符合要求", "clothes"], ["", "疑似美颜", "retouched"], ["recapture", "疑似翻拍", "photo of a photo"]
];
const proofAnswers = [["正确", "correct"], ["照片不是本人", "another person's photo"], ["姓名有误", "name is wrong"],
	["证件号有误", "ID number is wrong"], ["学号有误", "student number is wrong"], ["需重拍", "retake"], ["其他", "other"]];

let state = { who: "", language: "", answers: {} };
let storable = true;
let history = [];
let list = [];
let at = 0;
let otherAt = 0;
let ready = "";			/* the record that has been in sight for long enough */
let closely = false;		/* faces rather than whole pictures */
let viewers = null;
let active = "original";

const t = (key, ...values) => words[state.language][key].replace(/\{(\d)\}/g, (all, i) => values[i]);
const both = (zh, en) => state.language === "zh" ? zh : en;
const make = (name, properties, ...children) => {
	const element = Object.assign(document.createElement(name), properties);
	element.append(...children.filter((child) => child !== null && child !== undefined));
	return element;
};

/* ---- what is kept until it is saved ---- */

const read = (key) => {
	try {
		const kept = JSON.parse(localStorage.getItem(key) || "null");
		return kept && typeof kept === "object" && kept.answers && typeof kept.answers === "object" ? kept : null;
	} catch (error) {
		storable = false;
		return null;
	}
};
const write = () => {
	try {
		localStorage.setItem(store, JSON.stringify(state));
	} catch (error) {
		storable = false;
	}
};
/* Another tab may have the same page open: what it kept stays. */
const change = (action) => {
	const kept = storable && read(store);
	if (kept)
		state.answers = kept.answers;
	action(state);
	write();
};
const isUnsaved = (answer) => answer.saved !== answer.when;
const unsaved = () => Object.values(state.answers).filter(isUnsaved).length;
/* Other pages that were saved long ago make room. */
const tidy = () => {
	const before = new Date(Date.now() - KEPT_DAYS * DAY).toISOString();
	for (const key of Object.keys(localStorage)) {
		const kept = key.startsWith("tc-") && key !== store && read(key);
		if (kept && Object.values(kept.answers).every((answer) => !isUnsaved(answer) && answer.when < before))
			localStorage.removeItem(key);
	}
};
const load = () => {
	try {
		tidy();
	} catch (error) {
		storable = false;
	}
	state = { ...state, ...read(store) };
	if (!words[state.language])
		state.language = (navigator.language || "zh").startsWith("zh") ? "zh" : "en";
};

/* ---- pictures ---- */

const overlay = (record) => {
	const { width, height } = record.image, crop = record.crop, face = record.face || {};
	const [left, top, right, bottom] = extentOf(record), thick = (bottom - top) / 260;
	const lines = [];
	const line = (kind, x1, y1, x2, y2) => lines.push(["line", { class: kind, "stroke-width": thick, x1, y1, x2, y2 }]);
	const [from, , extent] = crop || [0, 0, width];
	if (crop) {
		lines.push(["path", { class: "outside", "fill-rule": "evenodd", d: `M${left} ${top}H${right}V${bottom}H${left}Z` +
			`M${crop[0]} ${crop[1]}h${crop[2]}v${crop[3]}h${-crop[2]}Z` }]);
		lines.push(["rect", { class: "crop", "stroke-width": thick * 1.3, x: crop[0], y: crop[1], width: crop[2], height: crop[3] }]);
	}
	if (Array.isArray(face.box))
		lines.push(["rect", { class: "box", "stroke-width": thick * .7, x: face.box[0], y: face.box[1], width: face.box[2], height: face.box[3] }]);
	for (const y of [face.crown, face.chin && face.chin[1]])
		if (typeof y === "number")
			line("measure", from, y, from + extent, y);
	if (face.left_eye && face.right_eye)
		line("measure", ...face.left_eye, ...face.right_eye);
	return lines;
};
const extentOf = (record) => {
	const { width, height } = record.image, [x, y, w, h] = record.crop || [0, 0, width, height];
	return [Math.min(0, x), Math.min(0, y), Math.max(width, x + w), Math.max(height, y + h)];
};
const headOf = (record) => {
	if (record.head_box)
		return { box: record.head_box, scale: record.head_scale };
	const box = record.face && record.face.box;
	return box ? { box: [box[0] - .3 * box[2], box[1] - .5 * box[3], 1.6 * box[2], 1.85 * box[3]], scale: 1 } : null;
};
const showUpload = (viewer, record, caption, extent, lines) => {
	const { width, height } = record.image;
	const layers = [{ href: record.original, box: [0, 0, width, height] }];
	if (record.head)
		layers.push({ href: record.head, box: record.head_box });
	return viewer.show({ caption, extent, layers, lines, near: headOf(record), closely });
};
const showResult = (record) => {
	const caption = t("result") + (record.background === "replaced" ? " · " + t("background") : "");
	if (!record.result) {
		viewers.result.showText(caption, t("no_picture"));
		return [];
	}
	return viewers.result.show({ caption, extent: [0, 0, 480, 640], home: 1, layers: [{ href: record.result, box: [0, 0, 480, 640] }],
		near: { box: [120, 0, 240, 320], scale: 1, times: 2 }, closely: false });
};
const whoIs = (other) => [other.name, other.student_no, other.class].filter(Boolean).join(" ");
const showOther = (record) => {
	const others = (record.others || []).filter((other) => other.original && other.image);
	const other = others[otherAt % others.length];
	viewers.other.clear();
	if (!other)
		return [];
	return showUpload(viewers.other, other, whoIs(other) + (others.length > 1 ? ` (${otherAt % others.length + 1}/${others.length})` : ""),
		[0, 0, other.image.width, other.image.height], []);
};
/* The record with its pictures, which are read only when it is shown. */
const withPictures = (record) => {
	const pictures = JSON.parse($("p" + record.place).textContent);
	return { ...record, ...pictures, others: (record.others || []).map((other, i) => ({ ...other, ...pictures.others[i] })) };
};
/* A decision counts when its photo has been painted and looked at. */
const becomeReady = (record, waiting) => {
	ready = "";
	$("main").dataset.ready = "";
	Promise.allSettled(waiting).then(() => requestAnimationFrame(() => setTimeout(() => {
		if (list[at] !== record)
			return;
		ready = record.token;
		$("main").dataset.ready = record.token;
	}, LOOK)));
};
const showPictures = (shown) => {
	for (const viewer of Object.values(viewers))
		viewer.clear();
	if (!shown)
		return;
	const record = withPictures(shown), waiting = [];
	if (!proof && record.original && record.image)
		waiting.push(...showUpload(viewers.original, record, t("original"), extentOf(record), overlay(record)));
	else if (!proof)
		viewers.original.showText(t("original"), t("no_picture"));
	if (!proof)
		waiting.push(...showOther(record));
	waiting.push(...showResult(record));
	for (const viewer of Object.values(viewers))
		viewer.layout();
	becomeReady(shown, waiting);
};
const makeViewers = () => {
	const upload = { home: t("whole"), homeLabel: t("whole_label"), near: t("face"), nearLabel: t("face_label"), smaller: t("smaller"), larger: t("larger") };
	const result = { ...upload, home: t("real"), homeLabel: t("real_label"), near: t("edge"), nearLabel: t("edge_label") };
	viewers = { original: makeViewer($("original"), upload), other: makeViewer($("other"), upload), result: makeViewer($("result"), result) };
	for (const [name, viewer] of Object.entries(viewers))
		for (const event of ["pointerenter", "focus"])
			viewer.view.addEventListener(event, () => { active = name; });
};
const lookClosely = () => {
	closely = !closely;
	for (const viewer of [viewers.original, viewers.other])
		if (viewer.has())
			(closely ? viewer.near : viewer.home)();
};
const lookAtEdges = () => (viewers.result.mode() === "near" ? viewers.result.home : viewers.result.near)();
const activeViewer = () => viewers[active].has() ? viewers[active] : viewers.result;

/* ---- facts ---- */

const waited = (record) => {
	if (!record.since)
		return null;
	const days = Math.max(0, Math.floor((Date.now() - Date.parse(record.since + "T00:00:00Z")) / DAY));
	return make("dd", { textContent: days === 0 ? t("today") : t("days", days), className: days > LATE_DAYS ? "late" : "" });
};
const isRejecting = (finding) => finding.verdict === "fail" && finding.level === "reject";
const isNote = (finding) => finding.verdict !== "fail" || finding.level === "info";
const nameOf = (finding) => both(finding.name_zh, finding.name_en) || finding.id;
const sentenceOf = (finding) => both(finding.zh, finding.en) || nameOf(finding);
/* Who has the other photo; codes and what the sentence says already are left out. */
const detailOf = (finding, record) => {
	const other = finding.id.startsWith("duplicate.") && (record.others || []).find((one) => one.id === finding.detail_en);
	if (other)
		return t("other", `${whoIs(other)} (${statusText(other)})`);
	return /^(image\.conforms|provenance\.taken)$/.test(finding.id) ? "" : both(finding.detail_zh, finding.detail_en);
};
const numbers = (finding) => {
	const by = finding.by && !finding.by.startsWith("tc-") ? finding.by : "";
	if (typeof finding.value !== "number")
		return by;
	const limits = [finding.min !== undefined ? `≥ ${finding.min}` : "", finding.max !== undefined ? `≤ ${finding.max}` : ""].filter(Boolean).join(", ");
	return [finding.value, finding.unit, limits && `(${limits})`, by].filter((text) => text !== "" && text !== undefined).join(" ");
};
const findingItem = (finding, record) => {
	const kind = isRejecting(finding) ? "reject" : isNote(finding) ? "note" : "doubt";
	return make("li", { className: kind }, make("span", { className: "tag", textContent: t(kind === "reject" ? "fails" : kind) }),
		sentenceOf(finding), make("div", { className: "number", textContent: [nameOf(finding), numbers(finding), detailOf(finding, record)].filter(Boolean).join("  ") }));
};
const rank = (finding) => isRejecting(finding) ? 0 : isNote(finding) ? 2 : 1;
const answerText = (answer) => {
	if (proof)
		return [both(answer.result, (proofAnswers.find((one) => one[0] === answer.result) || [])[1] || answer.result), answer.should_be, answer.remark].filter(Boolean).join(" · ");
	return [t(answer.result), answer.reason_text].filter(Boolean).join(" · ");
};
const said = (className, ...texts) => make("p", { className: "said " + className, textContent: texts.filter(Boolean).join(" · ") });
const day = (when) => (when || "").slice(0, 10);
const waitsText = (one) => one.waits && one.waits.length > 0 ? t("waits", one.waits.map((who) => words[state.language].actors[who] || who).join(both("、", ", "))) : "";
const claimText = (claim) => {
	const field = words[state.language].fields[claim.field] || claim.field || "";
	const values = claim.said ? claim.said.map((one) => [`${one.who || "?"}: ${one.after || t("unknown")}`, one.reason].filter(Boolean).join(" "))
		: [claim.before || claim.after ? t("claimed", field, claim.before || t("empty"), claim.after || t("unknown")) : field];
	return [`${t("held")} ${values.join("; ")}`, claim.reason, waitsText(claim), claim.who, day(claim.when), claim.stale && t("stale")];
};
const registerText = (answer) => [`${t("register")}: ${t(answer.after)}`, answer.reason, waitsText(answer), day(answer.when), answer.current ? "" : t("earlier")];
const decisionText = (decision) => decision.said ?
	[t("conflict") + decision.said.map((one) => `${one.who}: ${t(one.after === "pass" ? "pass" : "retake")}${one.reason ? " (" + one.reason + ")" : ""}`).join("; ")]
	: [t("decided") + t(decision.verdict === "pass" ? "pass" : "retake"), decision.reason, waitsText(decision), proof ? "" : decision.who, day(decision.when)];
const statusText = (record) => both(record.status_zh, statuses[record.status]) || record.status;
const uncheckedText = (record) => (record.unchecked || []).map((one) => one.required ? t("required", nameOf(one)) : nameOf(one)).join(both("、", ", "));
const factRows = (record) => {
	const pairs = [["no", record.student_no], ["four", record.last_four], ["college", record.college], ["point", record.teaching_point !== record.college && record.teaching_point],
		["season", record.season], ["class", record.class], ["status", statusText(record)]];
	const rows = pairs.filter((pair) => pair[1]).flatMap((pair) => [make("dt", { textContent: t(pair[0]) }), make("dd", { textContent: pair[1] })]);
	const since = !proof && waited(record);
	return since ? [...rows, make("dt", { textContent: t("waited") }), since] : rows;
};
const showFacts = (record) => {
	const facts = $("facts");
	facts.replaceChildren();
	facts.scrollTop = 0;
	if (!record) {
		facts.append(make("p", { textContent: records.length === 0 ? t("nothing") : t("none") }));
		return;
	}
	const answer = state.answers[record.token];
	const findings = [...record.findings].sort((a, b) => rank(a) - rank(b));
	facts.append(make("h2", { textContent: record.name || record.student_no || record.id }));
	facts.append(...(record.held || []).map((claim) => said("held", ...claimText(claim))),
		...(record.register || []).map((one) => said("register", ...registerText(one))));
	if (record.decision)
		facts.append(said("", ...decisionText(record.decision)));
	if (record.locked)
		facts.append(said("", t("locked"), day(record.locked.when)));
	facts.append(make("ul", { className: "findings" }, ...findings.map((finding) => findingItem(finding, record))), make("dl", {}, ...factRows(record)));
	if (uncheckedText(record))
		facts.append(make("h3", { textContent: t("unchecked") }), make("div", { className: "number", id: "unchecked", textContent: uncheckedText(record) }));
	if (answer)
		facts.append(make("p", { className: "said " + answer.result, id: "answer", textContent: t("chosen", answerText(answer)) }));
};
const announce = (record) => {
	$("announce").textContent = !record ? "" : [t("of", at + 1, list.length), record.name || record.student_no, statusText(record),
		...record.findings.filter((finding) => !isNote(finding)).map(sentenceOf), state.answers[record.token] ? t("chosen", answerText(state.answers[record.token])) : ""].filter(Boolean).join(both("，", ", "));
};

/* ---- the frame ---- */

const hasReason = (record, reason) => reason === "-" ? record.findings.length === 0 : reason === "?" ? (record.unchecked || []).some((one) => one.required) :
	record.findings.some((finding) => finding.id === reason);
const matches = (record) => {
	const reason = $("filter").value, show = $("show").value, search = $("search").value.trim().toLowerCase();
	const answered = Boolean(state.answers[record.token]);
	if (reason && !hasReason(record, reason))
		return false;
	if (show === "open" ? answered : show === "done" ? !answered : false)
		return false;
	return !search || [record.student_no, record.name, record.last_four, record.class, record.college, record.teaching_point, record.id]
		.some((text) => text && text.toLowerCase().includes(search));
};
const refill = (select, options) => {
	const value = select.value;
	select.replaceChildren(...options.map(([key, text]) => make("option", { value: key, textContent: text })));
	select.value = options.some((option) => option[0] === value) ? value : options[0][0];
};
const fillFilters = () => {
	const found = new Map();
	for (const record of records)
		for (const id of new Set(record.findings.map((finding) => finding.id)))
			found.set(id, { name: nameOf(record.findings.find((one) => one.id === id)), count: (found.get(id) || { count: 0 }).count + 1 });
	const options = [["", t("all") + ` (${records.length})`]];
	for (const [id, entry] of [...found].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1)))
		options.push([id, `${entry.name} (${entry.count})`]);
	for (const [key, name] of [["?", "unchecked_filter"], ["-", "finding_filter"]]) {
		const count = records.filter((record) => hasReason(record, key)).length;
		if (count > 0)
			options.push([key, `${t(name)} (${count})`]);
	}
	refill($("filter"), options);
	refill($("show"), [["", t("all")], ["open", t("open")], ["done", t("done")]]);
};
const showWords = () => {
	document.documentElement.lang = state.language === "zh" ? "zh-CN" : "en";
	$("title").textContent = t(data.use) + (data.number > 1 ? " · " + t("page", data.number) : "");
	document.title = `${t(data.use)} ${data.school}`;
	$("school").textContent = $("school").title = [data.school_code, data.school, data.class && both(data.class + "届", "class of " + data.class)].filter(Boolean).join(" ");
	for (const [id, key] of [["filter", "reason"], ["show", "show"], ["search", "to_search"], ["progress", "done"]])
		$(id).setAttribute("aria-label", t(key));
	$("search").placeholder = t("search");
	for (const id of ["csv", "json", "keys", "language"])
		$(id).textContent = t(id);
	$("language").lang = state.language === "zh" ? "en" : "zh-CN";
	makeViewers();
	fillFilters();
	showActions();
};
/* The second click of a double one is no decision, and neither is a key that is held. */
const act = (text, key, action, className) => {
	const button = make("button", { type: "button", className: className || "", textContent: text }, make("kbd", { textContent: key }));
	button.addEventListener("click", (event) => { if (event.detail < 2) action(); });
	return button;
};
const showActions = () => {
	const actions = $("actions");
	actions.replaceChildren();
	if (proof)
		proofAnswers.forEach(([zh, en], i) => actions.append(act(both(zh, en), String(i + 1), () => answerProof(zh), i === 0 ? "pass" : "")));
	else
		actions.append(act(t("pass"), "P", askPass, "pass"), act(t("retake"), "R", askReason, "retake"));
	actions.append(act(t("skip"), "S", () => go(1)), act(t("previous"), "←", () => go(-1)), act(t("undo"), "U", undo));
	if (!storable)
		actions.append(make("span", { className: "late", textContent: t("storage") }));
};
const showCount = () => {
	const done = records.filter((record) => state.answers[record.token]).length;
	$("progress").max = Math.max(1, records.length);
	$("progress").value = done;
	$("count").textContent = t("count", done, records.length);
	$("unsaved").textContent = unsaved() > 0 ? t("unsaved", unsaved()) : "";
	$("csv").disabled = $("json").disabled = Object.keys(state.answers).length === 0;
	$("reviewer").textContent = state.who && t("reviewed_by", t(proof ? "proofer" : "reviewer"), state.who);
};
const show = () => {
	const record = list[at];
	showPictures(record);
	showFacts(record);
	showCount();
	announce(record);
	if (records.length > 0 && records.every((one) => state.answers[one.token]) && unsaved() > 0)
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
	otherAt = 0;
	show();
};
const advance = () => {
	otherAt = 0;
	if ($("show").value === "open") {
		refresh(false);
		return;
	}
	const ahead = list.findIndex((record, i) => i > at && !state.answers[record.token]);
	const behind = list.findIndex((record) => !state.answers[record.token]);
	at = ahead >= 0 ? ahead : behind >= 0 ? behind : at;
	show();
};
const decidable = () => list[at] && state.who && ready === list[at].token ? list[at] : null;
const answer = (record, what) => {
	if (!record || list[at] !== record || !state.who)
		return;
	history.push({ token: record.token, before: state.answers[record.token] });
	change((kept) => {
		kept.answers[record.token] = { ...what, picture: record.picture || "", before: record.before || "", student_no: record.student_no || "",
			name: record.name || "", who: state.who, when: new Date().toISOString().replace(/\.\d+Z$/, "Z") };
	});
	advance();
};
const undo = () => {
	const last = history.pop();
	if (!last)
		return;
	change((kept) => {
		if (last.before)
			kept.answers[last.token] = last.before;
		else
			delete kept.answers[last.token];
	});
	refresh(false);
	const found = list.findIndex((record) => record.token === last.token);
	if (found >= 0) {
		at = found;
		show();
	}
};

/* ---- questions ---- */

const ask = (title, ...children) => {
	const dialog = $("ask");
	if (dialog.open)
		dialog.close();
	dialog.replaceChildren(make("h2", { id: "asked", textContent: title }), ...children);
	dialog.showModal();
	return dialog;
};
const closing = (text, action, className) => {
	const button = make("button", { type: "button", textContent: text, className: className || "" });
	button.addEventListener("click", () => {
		$("ask").close();
		if (action)
			action();
	});
	return button;
};
const askName = () => {
	const input = make("input", { id: "who", maxLength: 40, autocomplete: "off", value: state.who });
	const form = make("form", { method: "dialog" }, input, make("p", { className: "number", textContent: t("who_hint") }),
		make("div", { className: "bar" }, make("button", { className: "main", textContent: t("begin") })));
	input.setAttribute("aria-labelledby", "asked");
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		if (!input.value.trim())
			return;
		change((kept) => { kept.who = input.value.trim(); });
		$("ask").close();
		show();
	});
	ask(t("who", t(proof ? "proofer" : "reviewer")), form);
	input.focus();
};
/* What stands against a pass: rules, and the register's word about this picture. */
const rulesAgainst = (record) => {
	const rules = record.findings.filter(isRejecting).map((finding) => ({ text: `${nameOf(finding)}: ${sentenceOf(finding)}`, final: finding.final }));
	const last = (record.register || []).filter((one) => one.current).pop();
	if (last && last.after === "rejected")
		rules.push({ text: registerText(last).filter(Boolean).join(" · "), final: true });
	if (rules.length === 0 && record.status === "reject")
		rules.push({ text: record.decision ? decisionText(record.decision).filter(Boolean).join(" · ") : statusText(record) });
	return rules;
};
const ruleList = (rules) => make("ul", {}, ...rules.map((rule) => make("li", { textContent: rule.text })));
const askPass = () => {
	const record = decidable();
	if (!record)
		return;
	const rules = rulesAgainst(record), final = rules.filter((rule) => rule.final);
	if (rules.length === 0) {
		answer(record, { result: "pass" });
		return;
	}
	const cancel = closing(t("cancel"));
	ask(t("rule_title"), make("p", { textContent: t(final.length > 0 ? "rule_final" : "rule_text") }), ruleList(final.length > 0 ? final : rules),
		make("div", { className: "bar" }, final.length > 0 ? closing(t("retake"), askReason, "retake") : closing(t("anyway"), () => answer(record, { result: "pass" }), "pass"), cancel));
	cancel.focus();
};
const reasonsFor = (record) => {
	const own = record.findings.filter((finding) => !isNote(finding)).sort((a, b) => rank(a) - rank(b)).map((finding) => [finding.id, finding.name_zh || finding.id, finding.name_en || finding.id]);
	const ids = new Set(own.map((one) => one[0]));
	return [...own, ...commonReasons.filter((one) => !ids.has(one[0]))];
};
const reasonKeys = "123456789abcdefghijklmnoqstuvwxyz";
const chooseByKey = (event, buttons, input) => {
	if (event.target === input || event.ctrlKey || event.metaKey || event.altKey || event.repeat)
		return;
	const button = buttons[reasonKeys.indexOf(event.key.toLowerCase())];
	if (event.key === "0") {
		event.preventDefault();
		input.focus();
	} else if (event.key.length === 1 && button) {
		event.preventDefault();
		button.click();
	}
};
const askReason = () => {
	const record = decidable();
	if (!record)
		return;
	const take = (reason, text) => {
		$("ask").close();
		answer(record, { result: "retake", reason, reason_text: text });
	};
	const buttons = reasonsFor(record).slice(0, reasonKeys.length).map(([id, zh, en], i) => {
		const button = make("button", { type: "button", textContent: both(zh, en) }, make("kbd", { textContent: reasonKeys[i].toUpperCase() }));
		button.addEventListener("click", () => take(id || zh, both(zh, en)));
		return button;
	});
	const input = make("input", { id: "remark", maxLength: 200, autocomplete: "off", placeholder: t("other_reason") + "  ( 0 )" });
	input.setAttribute("aria-label", t("other_reason"));
	const form = make("form", {}, make("div", { className: "choices" }, ...buttons), input,
		make("div", { className: "bar" }, make("button", { className: "main", textContent: t("ok") }), closing(t("cancel"))));
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		if (input.value.trim())
			take(input.value.trim(), input.value.trim());
	});
	form.addEventListener("keydown", (event) => chooseByKey(event, buttons, input));
	ask(t("why"), form);
	buttons[0].focus();
};
const confirmPhoto = (record) => {
	const rules = rulesAgainst(record);
	if (withPictures(record).result && rules.length === 0) {
		answer(record, { result: "正确", should_be: "", remark: "" });
		return;
	}
	const cancel = closing(t("cancel"));
	ask(both("正确", "correct"), make("p", { textContent: t(rules.length > 0 ? "proof_rule" : "proof_none") }), ruleList(rules),
		make("div", { className: "bar" }, cancel));
	cancel.focus();
};
const answerProof = (result) => {
	const record = decidable();
	if (!record)
		return;
	if (result === "正确") {
		confirmPhoto(record);
		return;
	}
	const should = make("input", { id: "should-be", maxLength: 100, autocomplete: "off" });
	const remark = make("input", { id: "remark", maxLength: 200, autocomplete: "off" });
	const form = make("form", {}, make("label", {}, t("should_be"), should), make("label", {}, t("remark"), remark),
		make("div", { className: "bar" }, make("button", { className: "main", textContent: t("ok") }), closing(t("cancel"))));
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		$("ask").close();
		answer(record, { result, should_be: should.value.trim(), remark: remark.value.trim() });
	});
	ask(both(result, proofAnswers.find((one) => one[0] === result)[1]), form);
	(result === "需重拍" || result === "其他" ? remark : should).focus();
};
const showKeys = () => {
	const rows = proof ? proofAnswers.map(([zh, en], i) => [String(i + 1), both(zh, en)]) : [["P", t("pass")], ["R", t("retake")], ["F", t("look")]];
	rows.push(["E", t("edges")], ["+ −", t("zoom")], ["S / Space", t("skip")], ["← →", t("move")], ["U / Ctrl+Z", t("undo")], ["/", t("to_search")], ["D", t("csv")]);
	if (!proof)
		rows.push(["O", t("next_other")]);
	ask(t("keys"), make("table", {}, ...rows.map(([key, text]) => make("tr", {}, make("td", {}, make("kbd", { textContent: key })), make("td", { textContent: text })))),
		make("div", { className: "bar" }, closing(t("ok"))));
};

/* ---- saving ---- */

/* In the order of the page, and behind them answers to records that it has no more. */
const answeredTokens = () => {
	const known = records.map((record) => record.token);
	return [...known.filter((token) => state.answers[token]), ...Object.keys(state.answers).filter((token) => !known.includes(token))];
};
const rowOf = (token) => {
	const one = state.answers[token];
	return proof ? { "记录号": token, "学号": one.student_no, "姓名": one.name, "校对结果": one.result,
		"应改为": one.should_be || "", "说明": one.remark || "", "校对人": one.who, "时间": one.when }
		: { "记录号": token, "学号": one.student_no, "姓名": one.name, "审核结果": one.result === "pass" ? "合格" : "需重拍",
		"原因": one.reason || "", "图片": one.picture, "原状态": one.before, "审核人": one.who, "时间": one.when };
};
/* A cell that a spreadsheet would take for a formula is kept text. */
const cell = (text) => `"${(/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replace(/"/g, '""')}"`;
const asCsv = (rows) => "\ufeff" + [Object.keys(rows[0]), ...rows.map(Object.values)].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
const asJson = (rows) => JSON.stringify({ type: "tc-answers", format: 1, use: data.use, batch: data.batch, number: data.number, answers: rows }, null, 1) + "\n";
const give = (type, name, text) => {
	const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
/* No page learns whether a download was cancelled: a person says so. */
const askSaved = (given, name, again) => {
	const yes = closing(t("saved_yes"), () => {
		change((kept) => {
			for (const [token, when] of given)
				if (kept.answers[token] && kept.answers[token].when === when)
					kept.answers[token].saved = when;
		});
		show();
	}, "main");
	yes.id = "saved";
	ask(t("saved_title"), make("p", { textContent: t("saved_text", given.length, name) }),
		make("div", { className: "bar" }, yes, closing(t("saved_again"), again), closing(t("saved_no"))));
};
const download = (json) => {
	const tokens = answeredTokens();
	if (tokens.length === 0)
		return;
	const name = [data.school_code, data.school, t(data.use), data.batch + (data.number > 1 ? "-" + data.number : "")].filter(Boolean).join("_") + (json ? ".json" : ".csv");
	const rows = tokens.map(rowOf), given = tokens.map((token) => [token, state.answers[token].when]);
	give(json ? "application/json" : "text/csv;charset=utf-8", name, json ? asJson(rows) : asCsv(rows));
	askSaved(given, name, () => download(json));
};

/* ---- keys ---- */

/* What a held key may do again and again, and what is done once for each press. */
const moves = () => ({ s: () => go(1), " ": () => go(1), arrowright: () => go(1), j: () => go(1), arrowleft: () => go(-1), k: () => go(-1),
	"+": () => activeViewer().zoom(false), "=": () => activeViewer().zoom(false), "-": () => activeViewer().zoom(true) });
const deeds = () => {
	const actions = { u: undo, "?": showKeys, d: () => download(false), "/": () => $("search").focus(), e: lookAtEdges };
	if (proof)
		proofAnswers.forEach(([zh], i) => { actions[String(i + 1)] = () => answerProof(zh); });
	else
		Object.assign(actions, { p: askPass, "1": askPass, r: askReason, "2": askReason, f: lookClosely, o: () => { otherAt++; show(); } });
	return actions;
};
const keyed = (event) => {
	if (event.defaultPrevented || $("ask").open || event.altKey || event.isComposing)
		return;
	const key = event.key.toLowerCase();
	if (event.ctrlKey || event.metaKey) {
		if (key === "z" && !event.repeat) {
			event.preventDefault();
			undo();
		}
		return;
	}
	if (event.target === $("search") || event.target.tagName === "SELECT") {
		if (key === "escape" || key === "enter")
			event.target.blur();
		return;
	}
	if (event.target.tagName === "BUTTON" && (key === " " || key === "enter")) {
		if (event.repeat)
			event.preventDefault();
		return;
	}
	const steps = { arrowleft: [60, 0], arrowright: [-60, 0], arrowup: [0, 60], arrowdown: [0, -60] }[key];
	const action = event.shiftKey && steps ? () => activeViewer().pan(...steps) : moves()[key] || (!event.repeat && deeds()[key]);
	if (action || deeds()[key])
		event.preventDefault();
	if (action)
		action();
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
$("csv").addEventListener("click", (event) => { if (event.detail < 2) download(false); });
$("json").addEventListener("click", (event) => { if (event.detail < 2) download(true); });
$("keys").addEventListener("click", showKeys);
$("language").addEventListener("click", () => {
	change((kept) => { kept.language = kept.language === "zh" ? "en" : "zh"; });
	showWords();
	refresh(true);
	$("language").blur();
});
$("reviewer").addEventListener("dblclick", askName);
$("ask").addEventListener("cancel", (event) => { if (!state.who) event.preventDefault(); });
addEventListener("beforeunload", (event) => { if (!storable && unsaved() > 0) event.preventDefault(); });
addEventListener("storage", (event) => {
	const kept = event.key === store && read(store);
	if (kept) {
		state.answers = kept.answers;
		showCount();
	}
});
if (!state.who)
	askName();
})();

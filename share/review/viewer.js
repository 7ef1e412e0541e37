
"use strict";
/* A picture in a pane: layers in the pixels of one picture, of which the pane shows a
 * part.  Scales are CSS pixels for each pixel of the picture; a scale is whole when
 * each pixel of the picture covers a whole number of the screen's, so that nothing is
 * interpolated. */
const makeViewer = (figure, texts) => {
	const SPACE = "http://www.w3.org/2000/svg";
	const STEP = 1.25, SCALE_MAX = 16, NEAR = 1.4;
	const ENOUGH = 0.85;	/* rather this part of a picture in its own pixels than all of it in others */
	const ratio = () => window.devicePixelRatio || 1;
	const unit = () => Math.max(1, Math.round(ratio()));	/* the screen's pixels that are 100 % */
	const svg = (name, attributes) => {
		const element = document.createElementNS(SPACE, name);
		for (const [key, value] of Object.entries(attributes))
			element.setAttribute(key, value);
		return element;
	};
	const view = document.createElement("div");
	const root = svg("svg", { role: "img", preserveAspectRatio: "xMinYMin meet" });
	const caption = document.createElement("figcaption");
	const name = document.createElement("span");
	const percent = document.createElement("span");
	const buttons = new Map();
	const pointers = new Map();
	let extent = [0, 0, 1, 1];	/* left, top, right, bottom */
	let scale = 1, x = 0, y = 0;	/* of the pane's upper left corner */
	let near = null;		/* {box, scale, times}: what the second view shows; scale: pixels
					 * that are there for each of the picture; times: of 100 %, or
					 * as many whole ones as fit */
	let home = 0;			/* the first view: 0 all of it, 1 as it is */
	let mode = "home";

	const size = () => [view.clientWidth || 1, view.clientHeight || 1];
	const fitted = () => {
		const [width, height] = size();
		return Math.min(width / (extent[2] - extent[0]), height / (extent[3] - extent[1]));
	};
	/* The largest whole scale up to the wanted one at which the picture fits. */
	const whole = (wanted) => {
		return Math.max(1, Math.min(wanted, Math.floor(fitted() * ratio() + 0.02))) / ratio();
	};
	const draw = () => {
		const [width, height] = size();
		const grid = (value) => Math.round(value * scale * ratio()) / (scale * ratio());
		root.setAttribute("viewBox", `${grid(x)} ${grid(y)} ${width / scale} ${height / scale}`);
		root.classList.toggle("pixels", scale * ratio() >= 1.99);
		root.classList.toggle("near", scale > fitted() * NEAR);
		percent.textContent = Math.round(scale * ratio() / unit() * 100) + " %";
		view.style.touchAction = mode === "home" ? "pan-y" : "none";	/* the page scrolls */
		buttons.forEach((button, key) => button.setAttribute("aria-pressed", String(mode === key)));
	};
	/* Show scale with the picture's point in the middle; no more empty ground than needed. */
	const place = (wanted, middleX, middleY) => {
		const [width, height] = size();
		const bound = (middle, from, to, room) => to - from <= room ? (from + to - room) / 2 :
			Math.max(from, Math.min(to - room, middle - room / 2));
		scale = wanted;
		x = bound(middleX, extent[0], extent[2], width / scale);
		y = bound(middleY, extent[1], extent[3], height / scale);
		draw();
	};
	const showHome = () => {
		mode = "home";
		const wanted = home > 0 ? whole(home * unit()) : fitted();
		place(wanted * ENOUGH > fitted() ? fitted() : wanted, (extent[0] + extent[2]) / 2, extent[1]);
	};
	const showNear = () => {
		if (!near)
			return;
		mode = "near";
		const [width, height] = size(), [left, top, boxWidth, boxHeight] = near.box;
		const steps = near.times ? near.times * unit() :
			Math.max(1, Math.floor(Math.min(width / boxWidth, height / boxHeight) * ratio() / near.scale));
		place(steps / ratio() * near.scale, left + boxWidth / 2, top + boxHeight / 2);
	};
	const zoom = (factor, atX, atY) => {
		const [width, height] = size();
		const px = atX === undefined ? width / 2 : atX, py = atY === undefined ? height / 2 : atY;
		const fixedX = x + px / scale, fixedY = y + py / scale;
		const wanted = Math.max(Math.min(fitted(), 1), Math.min(SCALE_MAX, scale * factor));
		mode = "free";
		place(wanted, fixedX + (width / 2 - px) / wanted, fixedY + (height / 2 - py) / wanted);
	};
	const pan = (dx, dy) => {
		const [width, height] = size();
		mode = "free";
		place(scale, x + width / scale / 2 - dx / scale, y + height / scale / 2 - dy / scale);
	};
	const local = (event) => {
		const box = view.getBoundingClientRect();
		return [event.clientX - box.left, event.clientY - box.top];
	};
	const moved = (event) => {
		const before = pointers.get(event.pointerId);
		if (!before)
			return;
		const now = local(event), others = [...pointers.entries()].filter(([id]) => id !== event.pointerId);
		if (others.length === 1) {
			const other = others[0][1];
			const apart = (point) => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
			zoom(apart(now) / apart(before), (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
		} else if (others.length === 0) {
			pan(now[0] - before[0], now[1] - before[1]);
		}
		pointers.set(event.pointerId, now);
	};
	view.addEventListener("wheel", (event) => {
		event.preventDefault();
		const [px, py] = local(event);
		zoom(event.deltaY < 0 ? STEP : 1 / STEP, px, py);
	}, { passive: false });
	view.addEventListener("pointerdown", (event) => {
		pointers.set(event.pointerId, local(event));
		view.setPointerCapture(event.pointerId);
	});
	view.addEventListener("pointermove", moved);
	for (const end of ["pointerup", "pointercancel"])
		view.addEventListener(end, (event) => pointers.delete(event.pointerId));
	view.addEventListener("dblclick", () => mode === "home" ? showNear() : showHome());
	const layout = () => {
		if (!view.isConnected)
			return;
		if (mode === "home")
			showHome();
		else if (mode === "near")
			showNear();
		else
			place(scale, x + view.clientWidth / scale / 2, y + view.clientHeight / scale / 2);
	};
	new ResizeObserver(layout).observe(view);

	const addButton = (key, text, label, action) => {
		const button = document.createElement("button");
		button.type = "button";
		button.textContent = text;
		button.title = label;
		button.setAttribute("aria-label", label);
		button.addEventListener("click", action);
		caption.append(button);
		if (key)
			buttons.set(key, button);
	};
	view.className = "view";
	view.tabIndex = 0;
	view.setAttribute("role", "group");
	view.append(root);
	name.className = "name";
	caption.append(name, percent);
	addButton("home", texts.home, texts.homeLabel, () => showHome());
	addButton("near", texts.near, texts.nearLabel, () => showNear());
	addButton("", "−", texts.smaller, () => zoom(1 / STEP));
	addButton("", "+", texts.larger, () => zoom(STEP));

	/* layers: [{href, box}], lines: elements drawn above them; returns what is to be
	 * waited for before the picture can be seen.  Then, when every pane has its size,
	 * layout. */
	const show = (picture) => {
		caption.classList.remove("bare");
		figure.replaceChildren(caption, view);
		name.textContent = name.title = picture.caption;
		view.setAttribute("aria-label", picture.caption);
		root.setAttribute("aria-label", picture.caption);
		extent = picture.extent;
		near = picture.near;
		home = picture.home || 0;
		buttons.get("near").hidden = !near;
		const lines = svg("g", { class: "lines" });
		lines.append(...(picture.lines || []).map(([kind, attributes]) => svg(kind, attributes)));
		root.replaceChildren(...picture.layers.map(({ href, box: [left, top, width, height] }) =>
			svg("image", { x: left, y: top, width, height, href, preserveAspectRatio: "none" })), lines);
		mode = picture.closely && near ? "near" : "home";
		return picture.layers.map(({ href }) => {
			const image = new Image();
			image.src = href;
			return image.decode();
		});
	};
	const showText = (title, text) => {
		const paragraph = document.createElement("p");
		paragraph.textContent = text;
		name.textContent = title;
		caption.classList.add("bare");
		figure.replaceChildren(caption, paragraph);
	};
	return { show, showText, layout, clear: () => figure.replaceChildren(), zoom: (out) => zoom(out ? 1 / STEP : STEP), pan,
		home: showHome, near: showNear, mode: () => mode, has: () => figure.contains(view), view,
		state: () => ({ mode, scale, percent: percent.textContent }) };
};

for (const player of document.querySelectorAll("figure.step-player:not([data-ready])")) {
  player.dataset.ready = "";
  const captions = player.querySelector(".sp-captions");
  const count = captions.children.length;
  const columns = [...player.querySelectorAll(".sp-area")].map(area => area.querySelectorAll(".sp-step"));
  const texts = [...captions.children].map(li => li.textContent);
  const status = document.createElement("p");  // announced to screen readers whenever its text changes
  status.setAttribute("aria-live", "polite");
  captions.replaceWith(status);
  const controls = player.querySelector(".sp-controls");
  const slider = Object.assign(document.createElement("input"), {type: "range", min: 0, max: count - 1, value: 0});
  slider.setAttribute("aria-label", "Step");
  const place = document.createElement("span");
  let now = 0, timer = null;
  const show = k => {
    now = Math.max(0, Math.min(count - 1, k));
    for (const column of columns) [...column].forEach((e, i) => e.classList.toggle("sp-now", i === now));
    slider.value = now;
    slider.setAttribute("aria-valuetext", `${now} of ${count - 1}`);
    place.textContent = `${now} / ${count - 1}`;
    status.textContent = texts[now];
    back.setAttribute("aria-disabled", now === 0);  // not disabled: that would drop the keyboard's focus
    next.setAttribute("aria-disabled", now === count - 1);
  };
  const stop = () => { clearInterval(timer); timer = null; play.textContent = "Play"; };
  const start = () => {
    if (now === count - 1) show(0);
    play.textContent = "Pause";
    timer = setInterval(() => { if (now === count - 1) stop(); else show(now + 1); }, 1200);
  };
  const button = (text, action) => {
    const b = Object.assign(document.createElement("button"), {type: "button", textContent: text});
    b.addEventListener("click", action);
    return b;
  };
  const back = button("Back", () => { stop(); show(now - 1); });
  const next = button("Next", () => { stop(); show(now + 1); });
  const play = button("Play", () => timer ? stop() : start());
  slider.addEventListener("input", () => { stop(); show(+slider.value); });
  player.addEventListener("keydown", event => {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (!step || event.target === slider) return;
    stop(); show(now + step); event.preventDefault();
  });
  controls.append(back, play, next, slider, place);
  controls.hidden = false;
  show(0);
}

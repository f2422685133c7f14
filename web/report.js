(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const fill = (text, ...args) => text.replace(/\{(\d)\}/g, (_, i) => args[i]);
  const mains = all('main.in');
  let lang = document.documentElement.lang;
  const say = (key, ...args) => fill(data.strings[lang][key], ...args);
  const main = () => mains.find(m => m.lang === lang);

  /* Numbers and dates as the program writes them (src/chart/words.c). */
  const runs = p => {
    const n = p >= 1 ? 100 : p > 0 ? Math.floor(p * 100 + 0.5) : 0;
    return n === 0 && p > 0 ? '<1' : n === 100 && p < 1 ? '>99' : String(n);
  };
  const dateText = day => new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang,
    {year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC'}).format(new Date(day * 86400000));
  const at = (days, values, day) => {
    if (!days.length || day < days[0]) return 0;
    for (let i = 1; i < days.length; i++) {
      if (days[i] < day) continue;
      const run = days[i] - days[i - 1];
      return values[i - 1] + (values[i] - values[i - 1]) * (run > 0 ? (day - days[i - 1]) / run : 1);
    }
    return values[values.length - 1];
  };

  /* State in the address: #ja, #ja;0=3;2=5, or an anchor of the page. */
  let settings = {};
  const writeState = () => {
    const parts = [lang, ...Object.entries(settings).map(([k, v]) => k + '=' + v)];
    history.replaceState(null, '', '#' + parts.join(';'));
  };
  const readState = () => {
    const hash = decodeURIComponent(location.hash.slice(1));
    const [first, ...rest] = hash.split(';');
    const wanted = /^(en|ja|ko)(?:-|$)/.exec(first);
    settings = {};
    for (const part of rest) {
      const pair = /^(\d{1,2})=(\d{1,3})$/.exec(part);
      if (pair) settings[pair[1]] = +pair[2];
    }
    return wanted && wanted[1];
  };

  const show = code => {
    const radio = document.getElementById('choose-' + code);
    if (!radio) return;
    radio.checked = true;
    lang = code;
    document.documentElement.lang = code;
    document.title = main().dataset.title;
    hideCard();
    document.dispatchEvent(new CustomEvent('language'));
  };

  /* Read-out of the curve: a slider under the chart, and the pointer on it. */
  const svgNS = 'http://www.w3.org/2000/svg';
  const plotOf = svg => {
    const [x0, x1, y0, y1, from, to] = svg.dataset.plot.split(' ').map(Number);
    return {x: day => x0 + (x1 - x0) * (day - from) / (to - from), y: p => y0 + (y1 - y0) * p,
            day: x => from + (to - from) * (x - x0) / (x1 - x0), x0, x1, y0, y1};
  };
  const setUpCursor = root => {
    const box = $('[data-cursor]', root);
    if (!box || !data.days.length) return;
    const input = $('input', box), output = $('output', box);
    const charts = all('figure:first-of-type svg[data-plot]', box.parentElement);
    const lines = charts.map(svg => {
      const line = document.createElementNS(svgNS, 'path');
      line.setAttribute('class', 'cu');
      svg.append(line);
      return line;
    });
    const move = () => {
      const i = +input.value, day = data.days[i], p = data.p[i];
      output.textContent = data.low ? say('at-range', dateText(day), runs(p), runs(data.low[i]), runs(data.high[i]))
                                    : say('at', dateText(day), runs(p));
      input.setAttribute('aria-valuetext', output.textContent);
      charts.forEach((svg, k) => {
        const plot = plotOf(svg);
        lines[k].setAttribute('d', `M${plot.x(day).toFixed(1)} ${plot.y0}V${plot.y1}`);
      });
    };
    input.addEventListener('input', move);
    for (const svg of charts)
      svg.addEventListener('pointermove', event => {
        const frame = svg.getBoundingClientRect(), plot = plotOf(svg);
        const day = plot.day((event.clientX - frame.left) * svg.viewBox.baseVal.width / frame.width);
        let best = 0;
        data.days.forEach((d, i) => { if (Math.abs(d - day) < Math.abs(data.days[best] - day)) best = i; });
        input.value = best;
        move();
      });
    document.addEventListener('language', () => { if (root.lang === lang) move(); });
    box.hidden = false;
    move();
    output.setAttribute('aria-live', 'off');
    input.addEventListener('focus', () => output.setAttribute('aria-live', 'polite'));
  };

  /* Cards: a note's text beside its number. They stay until dismissed, can be pointed at, and Escape closes them. */
  const card = document.getElementById('card');
  let cardOwner = null, cardTimer = 0;
  function hideCard() {
    card.hidden = true;
    if (cardOwner) cardOwner.removeAttribute('aria-describedby');
    cardOwner = null;
  }
  const showCard = link => {
    const note = document.getElementById(link.hash.slice(1));
    if (!note || note.tagName !== 'LI') return;
    hideCard();
    cardOwner = link;
    card.replaceChildren(...[...note.childNodes].map(n => n.cloneNode(true)));
    card.lang = lang;
    card.hidden = false;
    link.setAttribute('aria-describedby', 'card');
    const from = link.getBoundingClientRect(), size = card.getBoundingClientRect();
    const left = Math.max(16, Math.min(from.left, document.documentElement.clientWidth - size.width - 16));
    card.style.left = left + scrollX + 'px';
    card.style.top = from.bottom + scrollY + 6 + 'px';
  };
  document.addEventListener('pointerover', event => {
    const link = event.target.closest && event.target.closest('a.ref');
    clearTimeout(cardTimer);
    if (link && link !== cardOwner) cardTimer = setTimeout(() => showCard(link), 250);
    else if (!link && cardOwner && !card.contains(event.target)) cardTimer = setTimeout(hideCard, 600);
  });
  document.addEventListener('focusin', event => {
    const link = event.target.closest('a.ref');
    if (link) showCard(link);
    else if (!card.contains(event.target)) hideCard();
  });
  document.addEventListener('keydown', event => { if (event.key === 'Escape') hideCard(); });

  /* The model in the page: baseline first, to prove that it gives the printed counts; then the controls. Only a proven
     engine moves anything. */
  const engine = data.engine;
  const bytesOf = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const rounds = [4096, 65536];
  const baselines = {};
  let bundle, worker, asked = 0, baselineAsked = 0, current = null, proof = '', started = 0, lastSaid = 0;

  let controls = [];
  const controlText = (control, k) => control.texts ? control.texts[k] : String(control.values[k]);
  const shownText = (control, k, code) =>
    control.drawn && k === control.standard ? data.strings[code].drawn : controlText(control, k);
  /* A program from pieces of the baseline's and new bytes. */
  const build = (control, k) => {
    const base = k === control.first || k === control.standard
      ? bundle.program : build(control, control.first);
    const pieces = control.programs[k], parts = [];
    for (let i = 0; i < pieces.length; i += 2) {
      const from = pieces[i], length = pieces[i + 1];
      parts.push(from < 0 ? bundle.fresh.subarray(-1 - from, -1 - from + length) : base.subarray(from, from + length));
    }
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
    return whole;
  };
  const overrides = () => Object.entries(settings).map(([i, k]) => `--set ${controls[i].path}=${controlText(controls[i], k)}`)
    .map(text => /[\s"'$]/.test(text.slice(6)) ? `--set '${text.slice(6).replace(/'/g, `'\\''`)}'` : text).join(' ');
  const curveOf = result => {
    const values = [];
    let sum = 0, next = 0;
    for (const day of data.days) {
      for (; next <= day - data.asOf && next < result.counts.length - 1; next++) sum += result.counts[next];
      values.push(result.counted > 0 ? sum / result.counted : 0);
    }
    return values;
  };

  const pathOf = (plot, values) => values.map((p, i) =>
    (i ? 'L' : 'M') + plot.x(data.days[i]).toFixed(1) + ' ' + plot.y(p).toFixed(1)).join('');
  const drawCopies = root => {
    const box = $('[data-plot-copy]', root);
    if (!box || box.childElementCount) return;
    for (const svg of all('figure[id*="-fig-when-"] svg[data-plot]', root)) {
      const copy = svg.cloneNode(true);
      const plot = plotOf(svg), width = svg.viewBox.baseVal.width;
      for (const part of all('title,desc,rect,.d,.cu,.bd,.bx,.ht,.tk', copy)) part.remove();
      /* Only the scale's figures stay; what the curve ends at is said by the two labels below. */
      for (const text of all('text', copy))
        if (!text.classList.contains('m') || +text.getAttribute('x') > plot.x1 || +text.getAttribute('y') > plot.y0 + 24) text.remove();
      copy.setAttribute('viewBox', `0 0 ${width} ${plot.y0 + 28}`);
      copy.removeAttribute('width');
      copy.removeAttribute('height');
      for (const name of ['aria-labelledby', 'aria-describedby', 'role']) copy.removeAttribute(name);
      copy.setAttribute('aria-hidden', 'true');
      const main = $('.main', copy);
      if (main) main.setAttribute('class', 'bg base');
      const mine = document.createElementNS(svgNS, 'path');
      mine.setAttribute('class', 'mine');
      copy.append(mine, ...['m base-end', 'b mine-end'].map(name => {
        const text = document.createElementNS(svgNS, 'text');
        text.setAttribute('class', name);
        text.setAttribute('x', plot.x1 + 6);
        return text;
      }));
      box.append(copy);
    }
  };
  const redraw = () => {
    const baseline = current && baselines[current.futures];
    if (!baseline) return;
    const base = curveOf(baseline), mine = curveOf(current), root = main();
    for (const svg of all('[data-plot-copy] svg', root)) {
      const plot = plotOf(svg);
      $('.base', svg)?.setAttribute('d', pathOf(plot, base));
      $('.mine', svg).setAttribute('d', pathOf(plot, mine));
      const ends = [plot.y(base.at(-1)) + 4, plot.y(mine.at(-1)) + 4], lower = ends[0] > ends[1] ? 0 : 1;
      const short = 17 - Math.abs(ends[0] - ends[1]);
      if (short > 0) ends[lower] += short / 2, ends[1 - lower] -= short / 2;
      const roomy = svg.viewBox.baseVal.width > 400;
      for (const [name, y, key, value] of [['.base-end', ends[0], 'baseline', base.at(-1)], ['.mine-end', ends[1], 'now', mine.at(-1)]]) {
        $(name, svg).setAttribute('y', y.toFixed(1));
        $(name, svg).textContent = roomy ? `${runs(value)} ${say(key)}` : runs(value);
      }
    }
    const day = data.answerBy, before = at(data.days, base, day), after = at(data.days, mine, day);
    const gap = Math.round(100 * after) - Math.round(100 * before);
    const key = gap > 0 ? 'more' : gap < 0 ? 'less' : 'same';
    const speak = () => {
      $('[data-difference]', root).textContent = say(key, dateText(day), runs(after), Math.abs(gap));
      lastSaid = performance.now();
    };
    /* At most one sentence a second, so that a screen reader can keep up; the last one always comes. */
    clearTimeout(redraw.timer);
    const wait = 1000 - (performance.now() - lastSaid);
    if (current.last && wait > 0 && lastSaid) redraw.timer = setTimeout(speak, wait);
    else if (wait <= 0 || !lastSaid) speak();
    $('[data-progress]', root).textContent = say(current.last ? 'done' : 'running',
      current.futures.toLocaleString('en-US'));
    $('[data-progress]', root).dataset.ms = Math.round(performance.now() - started);
  };
  const showSettings = () => {
    for (const root of mains) {
      for (const box of all('[data-control]', root)) {
        const i = box.dataset.control, control = controls[i], input = $('input', box);
        const k = settings[i] ?? control.standard, value = control.values[k];
        input.value = k;
        $('output', box).textContent = shownText(control, k, root.lang);
        input.setAttribute('aria-valuetext', shownText(control, k, root.lang));
        $('.outside', box).hidden = control.low === undefined || (value >= control.low && value <= control.high);
      }
      const shown = $('[data-overrides]', root);
      if (shown) shown.textContent = overrides();
      const proofLine = $('[data-proof]', root);
      if (proofLine && proof) proofLine.textContent = data.strings[root.lang][proof];
    }
  };
  const ask = (wanted, program, countAt) => {
    started = performance.now();
    worker.postMessage({id: ++asked, program, countAt, rounds: wanted});
  };
  const askBaseline = wanted => {
    ask(wanted, null, engine.countAt);
    baselineAsked = asked;
  };
  const rerun = () => {
    showSettings();
    const [chosen] = Object.entries(settings);
    if (chosen) ask(rounds, build(controls[chosen[0]], chosen[1]), controls[chosen[0]].countAt[chosen[1]]);
    else {
      asked++;
      current = baselines[rounds.at(-1)] || baselines[engine.checkFutures];
      redraw();
      if (!baselines[rounds.at(-1)]) askBaseline(rounds.slice(-1));
    }
  };
  const set = (i, k) => {
    /* One at a time: each control brings its own program, with the other inputs drawn as in the scenario. */
    settings = k === controls[i].standard ? {} : {[i]: k};
    writeState();
    rerun();
  };
  const keepKnown = () => {
    const [chosen] = Object.keys(settings).filter(i => controls[i] && settings[i] < controls[i].values.length);
    settings = chosen === undefined ? {} : {[chosen]: settings[chosen]};
  };
  const refuse = key => {
    for (const line of all('.static')) {
      line.textContent = data.strings[line.closest('main').lang][key];
      line.dataset.state = key;
    }
    for (const box of all('[data-whatif]')) box.hidden = true;
    worker?.terminate();
  };
  /* The printed counters come again: the controls appear at once, the baseline is refined while nobody moves them. */
  const begin = result => {
    baselines[result.futures] = current = result;
    document.documentElement.dataset.engine = 'ready';
    for (const line of all('.static')) line.hidden = true;
    for (const box of all('[data-whatif]')) box.hidden = false;
    for (const root of mains) drawCopies(root);
    keepKnown();
    showSettings();
    redraw();
    if (Object.keys(settings).length) rerun();
    else askBaseline(rounds.slice(-1));
  };
  const heard = ({data: result}) => {
    if (result.ready) return askBaseline([engine.checkFutures]);
    if (result.failed) return refuse('failed');
    if (result.id !== asked) return;
    if (!proof) {
      if (result.digest !== engine.checkDigest) return refuse('no-proof');
      proof = 'proof';
      document.documentElement.dataset.proof = 'ok';
      return begin(result);
    }
    if (result.id === baselineAsked) baselines[result.futures] = result;
    if (result.id !== baselineAsked || !Object.keys(settings).length) current = result;
    redraw();
    if (result.last && !baselines[rounds.at(-1)]) askBaseline(rounds.slice(-1));
  };
  /* Module, baseline's program, new bytes of the controls' programs and the controls, one after another, compressed. */
  const unpack = async () => {
    const stream = new Blob([bytesOf(document.getElementById('engine').textContent)]).stream();
    const all = new Uint8Array(await new Response(stream.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
    const second = engine.wasm, third = second + engine.program, fourth = third + engine.fresh;
    bundle = {wasm: all.slice(0, second), program: all.slice(second, third), fresh: all.subarray(third, fourth)};
    controls = JSON.parse(new TextDecoder().decode(all.subarray(fourth)));
  };
  const startEngine = async () => {
    try {
      await unpack();
    } catch {
      return refuse('failed');
    }
    for (const box of all('[data-control]')) {
      const i = +box.dataset.control;
      $('input', box).addEventListener('input', event => set(i, +event.target.value));
      $('.reset', box).addEventListener('click', () => set(i, controls[i].standard));
    }
    for (const button of all('[data-copy]'))
      button.addEventListener('click', async () => {
        try {
          await navigator.clipboard.writeText(overrides());
          button.nextElementSibling.dataset.copied = say('copied');
        } catch {
          getSelection().selectAllChildren(button.nextElementSibling);
        }
      });
    document.addEventListener('language', () => { if (current) { lastSaid = 0; redraw(); } });
    const seed = BigInt(engine.seed), text = document.getElementById('worker').textContent;
    try {
      worker = new Worker(URL.createObjectURL(new Blob([text], {type: 'text/javascript'})));
    } catch {
      return refuse('failed');
    }
    worker.onmessage = heard;
    worker.onerror = () => refuse('failed');
    worker.postMessage({wasm: bundle.wasm, program: bundle.program,
                        seedLow: Number(seed & 0xffffffffn), seedHigh: Number(seed >> 32n),
                        span: data.horizon - data.asOf + 2});
  };

  for (const radio of all('.langs input'))
    radio.addEventListener('change', () => { show(radio.value); writeState(); });
  addEventListener('hashchange', () => {
    const wanted = readState();
    if (wanted && wanted !== lang) show(wanted);
    if (engine && current) { keepKnown(); rerun(); }
  });
  for (const root of mains) setUpCursor(root);
  const spoken = (navigator.languages || []).map(l => l.slice(0, 2)).find(l => document.getElementById('choose-' + l));
  show(readState() || spoken || lang);
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) target.scrollIntoView();
  if (engine) startEngine();
})();

(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const $ = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const fill = (text, ...args) => text.replace(/\{(\d)\}/g, (_, i) => args[i]);
  const mains = all('main.in');
  let lang = document.documentElement.lang;
  /* A figure and its counter stay on one line. */
  const tie = text => lang !== 'ja' ? text : text.replace(/([\d<>〜])(?=[年月日回〜])|([年月])(?=\d)/g, '$&\u2060');
  const say = (key, ...args) => tie(fill(data.strings[lang][key], ...args));
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

  /* State in the address: #ja, #ja;caution=1.5;lag=6 (figures of controls by their paths), or an anchor of the page. */
  let settings = {};
  const writeState = () => {
    const parts = [lang, ...Object.entries(settings).map(([path, figure]) => path + '=' + figure)];
    history.replaceState(null, '', '#' + parts.join(';'));
  };
  const readState = () => {
    let hash = '';
    try {
      hash = decodeURIComponent(location.hash.slice(1));
    } catch { /* not ours */ }
    const [first, ...rest] = hash.split(';');
    const wanted = /^(en|ja|ko)(?:-|$)/.exec(first);
    settings = {};
    for (const part of rest) {
      const pair = /^([\w.-]{1,200})=(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(part);
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
    const inputs = all('input', box), output = $('output', box);
    const charts = all('figure:first-of-type svg[data-plot]', box.parentElement);
    const lines = charts.map(svg => inputs.map((_, k) => {
      const line = document.createElementNS(svgNS, 'path');
      line.setAttribute('class', k ? 'cu other' : 'cu');
      svg.querySelector('text').before(line);
      return line;
    }));
    const saidAt = i => {
      const day = data.days[i], p = data.p[i];
      return data.low ? say('at-range', dateText(day), runs(p), runs(data.low[i]), runs(data.high[i]))
                      : say('at', dateText(day), runs(p));
    };
    const move = () => {
      const at = inputs.map(input => +input.value), first = Math.min(...at), last = Math.max(...at);
      const gap = Math.round(100 * data.p[last]) - Math.round(100 * data.p[first]);
      const between = first < last ? (lang === 'ja' ? '' : ' ') + say('between', dateText(data.days[first]), dateText(data.days[last]), gap) : '';
      output.textContent = saidAt(at[0]) + between;
      inputs.forEach((input, k) => input.setAttribute('aria-valuetext', saidAt(at[k])));
      charts.forEach((svg, c) => {
        const plot = plotOf(svg);
        lines[c].forEach((line, k) => line.setAttribute('d', `M${plot.x(data.days[at[k]]).toFixed(1)} ${plot.y0}V${plot.y1}`));
      });
    };
    for (const input of inputs) input.addEventListener('input', move);
    for (const svg of charts)
      svg.addEventListener('pointermove', event => {
        const frame = svg.getBoundingClientRect(), plot = plotOf(svg);
        const day = plot.day((event.clientX - frame.left) * svg.viewBox.baseVal.width / frame.width);
        let best = 0;
        data.days.forEach((d, i) => { if (Math.abs(d - day) < Math.abs(data.days[best] - day)) best = i; });
        inputs[0].value = best;
        move();
      });
    document.addEventListener('language', () => { if (root.lang === lang) move(); });
    box.hidden = false;
    move();
    output.setAttribute('aria-live', 'off');
    for (const input of inputs) input.addEventListener('focus', () => output.setAttribute('aria-live', 'polite'));
  };

  /* One future after another: the date as it is and under a policy, on the same draws, and which of the two is earlier.
     Nothing moves by itself, and where less motion is wanted nothing plays at all. */
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const FRAME = 500; /* ms */
  const make = (name, attributes, text) => {
    const node = document.createElementNS(svgNS, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  /* Two rows of dots over the years, with a column for futures in which it never comes; returns what moves the dots. */
  const drawStage = (stage, strings) => {
    const width = innerWidth > 640 ? 704 : 320, left = 8, right = width - 96, span = data.horizon - data.asOf;
    const x = days => days < 0 ? right + 20 : left + (right - left) * days / span;
    const svg = make('svg', {class: 'chart', viewBox: `0 0 ${width} 116`, 'aria-hidden': 'true'});
    const from = new Date(data.asOf * 86400000).getUTCFullYear() + 1, every = Math.ceil(span / 365.25 / (width / 80));
    for (let year = from; x(Date.UTC(year, 0, 1) / 86400000 - data.asOf) < right - 16; year += every) {
      const at = x(Date.UTC(year, 0, 1) / 86400000 - data.asOf).toFixed(1);
      svg.append(make('path', {d: `M${at} 38V94`, class: 'gr'}), make('text', {x: at, y: 110, class: 'm y'}, year));
    }
    const dots = [[46, 'bg', 'baseline'], [86, 'mine', 'now']].map(([y, name, key]) => {
      const dot = make('circle', {r: 7, cy: y, class: name});
      svg.append(make('path', {d: `M${left} ${y}H${right}`, class: 'gr'}), make('text', {x: left, y: y - 14, class: 'm'}, strings[key]), dot);
      return dot;
    });
    svg.append(make('text', {x: right + 8, y: 20, class: 'm'}, strings.never));
    stage.append(svg);
    return days => dots.forEach((dot, k) => {
      dot.style.display = days ? '' : 'none';
      if (days) dot.setAttribute('cx', x(days[k]).toFixed(1));
    });
  };
  const setUpHops = root => {
    const box = $('[data-hops]', root);
    if (!box || !data.hops) return;
    const which = $('select', box), line = $('[role=status]', box), play = $('[data-play]', box);
    const strings = data.strings[root.lang], show = drawStage($('[data-stage]', box), strings);
    let future = 0, counts = [0, 0, 0], timer = 0;
    const stop = () => {
      clearInterval(timer);
      timer = 0;
      play.textContent = strings.play;
      line.setAttribute('aria-live', 'polite');
    };
    const reset = () => {
      stop();
      future = 0;
      counts = [0, 0, 0];
      line.textContent = '';
      show(null);
    };
    const step = () => {
      const pair = [data.hops[0], data.hops[which.selectedIndex + 1]];
      while (future < pair[0].length && pair.some(days => days[future] === -2)) future++; /* the news leaves it out */
      if (future >= pair[0].length) return stop();
      const days = pair.map(list => list[future]), [before, after] = days.map(day => day < 0 ? Infinity : day);
      counts[after < before ? 0 : after > before ? 1 : 2]++;
      future++;
      show(days);
      line.textContent = fill(strings.hops, ...counts, counts[0] + counts[1] + counts[2]);
    };
    const go = () => {
      if (future >= data.hops[0].length) reset();
      step();
    };
    play.addEventListener('click', () => {
      if (timer) return stop();
      line.setAttribute('aria-live', 'off');
      play.textContent = strings.pause;
      go();
      timer = setInterval(step, FRAME);
    });
    $('[data-step]', box).addEventListener('click', () => { stop(); go(); });
    which.addEventListener('change', reset);
    document.addEventListener('language', stop);
    const mayPlay = () => { stop(); play.hidden = still.matches; };
    still.addEventListener('change', mayPlay);
    mayPlay();
    box.hidden = false;
    reset();
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
     engine moves anything. A quick worker gives first answers, others refine them together and never make it wait. */
  const engine = data.engine;
  const controls = engine ? engine.controls : [];
  const bytesOf = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const FINE = 65536, CHUNK = 16384, FEWEST = 1000; /* futures that agree with the news, to say anything */
  const baselines = {};
  const workers = [];
  let quick, fine, asked = 0, current = null, proof = '', impossible = false, started = 0, lastSaid = 0;

  const chosen = () => controls.filter(control => control.path in settings);
  /* A figure as the step of its control has it: 0.30000000000000004 is 0.3. */
  const places = control => Math.max(0, Math.ceil(-Math.log10(control.step) - 1e-9));
  const tidy = (control, figure) => Number(figure.toFixed(places(control) + 1));
  /* What `opcon whatif --with FILE` reads. */
  const overrides = () => {
    const kept = engine.sets.split('\n').filter(line => line && !controls.some(c => c.path in settings && line.startsWith(`  ${c.path}: `)));
    const set = [...kept, ...chosen().map(c => `  ${c.path}: ${settings[c.path]}${c.suffix}`)];
    return chosen().length ? `# opcon whatif ${data.scenario} --with FILE\nset:\n${set.join('\n')}\n${engine.others}` : '';
  };
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
      const line = $('[data-difference]', root);
      const few = current.last && current.counted < FEWEST;
      line.textContent = few ? say('few', current.counted.toLocaleString('en-US')) : say(key, dateText(day), runs(after), Math.abs(gap));
      line.dataset.final = current.last;
      line.dataset.share = mine.at(-1);
      lastSaid = performance.now();
    };
    /* At most one sentence a second, so that a screen reader can keep up; the last one always comes. */
    impossible = false;
    clearTimeout(redraw.timer);
    const wait = 1000 - (performance.now() - lastSaid);
    if (current.last && wait > 0 && lastSaid) redraw.timer = setTimeout(speak, wait);
    else if (wait <= 0 || !lastSaid) speak();
    const agree = current.counted < current.futures ? ' ' + say('agree', current.counted.toLocaleString('en-US')) : '';
    $('[data-progress]', root).textContent = say(current.last ? 'done' : 'running', current.futures.toLocaleString('en-US')) + agree;
    $('[data-progress]', root).dataset.ms = Math.round(performance.now() - started);
  };
  const showSettings = () => {
    const text = overrides();
    for (const root of mains) {
      const strings = data.strings[root.lang];
      for (const box of all('[data-control]', root)) {
        const control = controls[box.dataset.control], figure = settings[control.path], fixed = figure !== undefined;
        const range = $('input[type=range]', box), number = $('input[type=number]', box);
        range.value = fixed ? figure : control.middle;
        if (number !== document.activeElement || !fixed) number.value = fixed ? figure : '';
        range.setAttribute('aria-valuetext', fixed ? `${figure}${control.suffix}` : strings.drawn);
        $('.how', box).textContent = fixed ? strings.fixed : strings.drawn;
        box.classList.toggle('is-fixed', fixed);
        $('.outside', box).hidden = !fixed || control.low === undefined || (figure >= control.low && figure <= control.high);
      }
      const shown = $('[data-overrides]', root);
      if (shown) shown.textContent = text, shown.hidden = !text;
      const proofLine = $('[data-proof]', root);
      if (proofLine && proof) proofLine.textContent = strings[proof];
      if (impossible) $('[data-difference]', root).textContent = strings.impossible;
    }
  };
  /* On paper the controls are one line. */
  addEventListener('beforeprint', () => {
    const root = main(), line = $('.on-paper', root);
    const set = all('[data-control]', root).filter(box => controls[box.dataset.control].path in settings).map(box => {
      const control = controls[box.dataset.control];
      return `${$('label', box).firstChild.textContent} ${settings[control.path]}${control.suffix}`;
    });
    if (line) line.textContent = set.length ? say('settings', set.join(' · '), $('[data-difference]', root).textContent)
                                            : say('settings-none');
  });
  const refuse = key => {
    for (const line of all('.static')) {
      line.textContent = data.strings[line.closest('main').lang][key];
      line.dataset.state = key;
      line.hidden = false;
    }
    for (const box of all('[data-whatif]')) box.hidden = true;
    for (const worker of workers) worker.terminate();
  };
  /* A worker with the jobs that wait for it. A job runs chunk by chunk, so one that nobody wants any more ends soon. */
  const makeRunner = (setup, hear) => {
    const worker = new Worker(setup.url);
    let ready = false, running = null, waiting = [];
    const wanted = job => job.keep || job.id === asked;
    const step = () => {
      if (!ready) return;
      running = running || waiting.shift();
      if (!running) return;
      const {values, futures, chunk, first} = running;
      worker.postMessage({values, futures, chunk, first: chunk === first});
    };
    worker.onmessage = ({data: result}) => {
      if (result.ready) return ready = true, step();
      if (result.failed) return refuse('failed');
      const job = running, last = result.impossible || (job.chunk += job.step) * CHUNK >= job.futures;
      const goesOn = !last && wanted(job);
      if (!goesOn) running = null;
      if (wanted(job)) hear(job, {...result, last});
      /* What was heard may have asked for the next job, which is under way then. */
      if (goesOn || !running) step();
    };
    worker.onerror = () => refuse('failed');
    worker.postMessage(setup.message);
    workers.push(worker);
    return job => {
      waiting = [...waiting.filter(wanted), {first: 0, step: 1, ...job, chunk: job.first || 0}];
      if (!running) step();
    };
  };
  /* Workers that take the chunks of a job in turn. Heard is what the first so many chunks give: the same futures as of the
     baseline. */
  const makeCrew = (setup, hear) => {
    const processors = navigator.hardwareConcurrency || 1, many = processors >= 4 ? 4 : processors >= 2 ? 2 : 1;
    const hearPart = (k, {whole, chunk}, result) => {
      if (result.impossible) return hear(whole, result);
      const parts = whole.rounds[Math.floor(chunk / many)] ||= [];
      parts[k] = result;
      if (parts.filter(Boolean).length < many) return;
      const total = key => parts.reduce((sum, part) => sum + part[key], 0);
      hear(whole, {futures: total('futures'), counted: total('counted'), last: parts.every(part => part.last),
                   counts: result.counts.map((_, day) => parts.reduce((sum, part) => sum + part.counts[day], 0))});
    };
    const runners = Array.from({length: many}, (_, k) => makeRunner(setup, (job, result) => hearPart(k, job, result)));
    return job => {
      const whole = {...job, rounds: []};
      runners.forEach((run, k) => run({...job, whole, first: k, step: many}));
    };
  };
  const valuesOf = () => chosen().flatMap(c => [[c.lowAt, settings[c.path] * c.factor], [c.highAt, settings[c.path] * c.factor]]);
  const rerun = () => {
    asked++;
    started = performance.now();
    clearTimeout(redraw.timer); /* nobody wants to hear of the former settings any more */
    for (const line of all('[data-difference]')) line.dataset.final = false;
    showSettings();
    if (chosen().length) return quick({id: asked, values: valuesOf(), futures: engine.checkFutures});
    current = baselines[FINE] || baselines[engine.checkFutures];
    redraw();
  };
  /* Nobody is told aloud what they have not asked for: differences are spoken once a control has been moved. */
  const speakUp = () => all('[data-difference]').forEach(line => line.setAttribute('aria-live', 'polite'));
  const set = (control, figure) => {
    speakUp();
    if (figure === null) delete settings[control.path];
    else settings[control.path] = tidy(control, Math.min(control.to, Math.max(control.from, figure)));
    writeState();
    rerun();
  };
  /* What an address from elsewhere may say: figures of controls that are there, within their bounds. */
  const keepKnown = () => {
    settings = Object.fromEntries(controls.filter(c => settings[c.path] >= c.from && settings[c.path] <= c.to)
      .map(c => [c.path, settings[c.path]]));
  };
  /* The printed counters come again: the controls appear at once, the baseline is refined while nobody moves them. */
  const begin = () => {
    document.documentElement.dataset.proof = 'ok';
    document.documentElement.dataset.engine = 'ready';
    for (const line of all('.static')) line.hidden = true;
    for (const box of all('[data-whatif]')) box.hidden = !controls.length;
    for (const root of mains) drawCopies(root);
    keepKnown();
    fine({keep: true, values: [], futures: FINE});
    rerun();
  };
  const fail = () => {
    impossible = true;
    clearTimeout(redraw.timer);
    showSettings();
  };
  const heardQuick = (job, result) => {
    if (!proof) {
      if (result.impossible || result.digest !== engine.checkDigest) return refuse('no-proof');
      proof = 'proof';
      baselines[result.futures] = {...result, last: false}; /* begin() refines it */
      return begin();
    }
    if (result.impossible) return fail();
    current = {...result, last: false};
    redraw();
    /* Not while a slider is being dragged: the next first answer comes sooner. */
    clearTimeout(heardQuick.timer);
    heardQuick.timer = setTimeout(() => { if (job.id === asked) fine({...job, futures: FINE}); }, 120);
  };
  const heardFine = (job, result) => {
    if (result.impossible) return fail();
    if (job.keep) baselines[result.futures] = result;
    if (!job.keep || !chosen().length) current = result;
    if (!job.keep || !chosen().length) redraw();
  };
  const setUpControls = () => {
    for (const box of all('[data-control]')) {
      const control = controls[box.dataset.control];
      $('input[type=range]', box).addEventListener('input', event => set(control, +event.target.value));
      $('input[type=number]', box).addEventListener('change', event =>
        set(control, event.target.value === '' ? null : +event.target.value));
      const reset = $('.reset', box);
      reset.setAttribute('aria-label', `${reset.textContent}: ${$('label', box).textContent}`);
      reset.addEventListener('click', () => set(control, null));
    }
    for (const button of all('[data-reset-all]'))
      button.addEventListener('click', () => { settings = {}; writeState(); rerun(); });
    for (const button of all('[data-copy]'))
      button.addEventListener('click', async () => {
        const box = button.closest('[data-whatif]');
        try {
          await navigator.clipboard.writeText(overrides());
          $('[data-copied]', box).textContent = say('copied');
        } catch {
          getSelection().selectAllChildren($('[data-overrides]', box));
        }
      });
    document.addEventListener('language', () => { if (current) { lastSaid = 0; redraw(); } });
  };
  /* Module and program, one after another, compressed. */
  const startEngine = async () => {
    try {
      const stream = new Blob([bytesOf(document.getElementById('engine').textContent)]).stream();
      const all = new Uint8Array(await new Response(stream.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
      const seed = BigInt(engine.seed), text = document.getElementById('worker').textContent;
      const setup = {
        url: URL.createObjectURL(new Blob([text], {type: 'text/javascript'})),
        message: {wasm: all.slice(0, engine.wasm), program: all.slice(engine.wasm), countAt: engine.countAt,
                  seedLow: Number(seed & 0xffffffffn), seedHigh: Number(seed >> 32n), span: data.horizon - data.asOf + 2},
      };
      setUpControls();
      quick = makeRunner(setup, heardQuick);
      fine = makeCrew(setup, heardFine);
      quick({keep: true, values: [], futures: engine.checkFutures});
    } catch {
      refuse('failed');
    }
  };

  for (const radio of all('.langs input'))
    radio.addEventListener('change', () => { show(radio.value); writeState(); });
  addEventListener('hashchange', () => {
    const wanted = readState();
    if (wanted && wanted !== lang) show(wanted);
    if (engine && current) { keepKnown(); rerun(); }
  });
  /* The figures of a table, exactly as they are shown. */
  const csvOf = twin => all('table', twin).map(table => [...table.rows].map(row => [...row.cells]
    .map(cell => `"${cell.textContent.replaceAll('"', '""').replaceAll('\u2060', '')}"`).join(',')).join('\r\n')).join('\r\n\r\n');
  const setUpDownloads = root => {
    for (const twin of all('.twin', root)) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = data.strings[root.lang].csv;
      /* Many are alike to the eye and stand beside their figures; the ear needs the name. */
      const about = $('.scroll', twin).getAttribute('aria-label');
      for (const named of [button, $('summary', twin)]) named.setAttribute('aria-label', `${named.textContent}: ${about}`);
      button.addEventListener('click', () => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob(['\ufeff' + csvOf(twin) + '\r\n'], {type: 'text/csv'}));
        link.download = `${data.scenario}-${twin.previousElementSibling.id.replace(/^\w\w-fig-/, '')}.csv`;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      });
      twin.append(button);
    }
  };

  /* A number that is read aloud says what it leads to. */
  for (const link of all('main a.ref'))
    link.setAttribute('aria-label', link.hash.startsWith('#source') ? fill(data.strings[link.closest('main').lang]['note-label'], link.textContent)
                                                                    : data.strings[link.closest('main').lang]['run-label']);
  for (const root of mains) {
    setUpDownloads(root);
    setUpCursor(root);
    setUpHops(root);
  }
  const spoken = (navigator.languages || []).map(l => l.slice(0, 2)).find(l => document.getElementById('choose-' + l));
  show(readState() || spoken || lang);
  const target = location.hash && document.getElementById(location.hash.slice(1));
  if (target) target.scrollIntoView();
  if (engine) startEngine();
})();

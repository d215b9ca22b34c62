// The loop of a Node worker; worker.py says what is ordered and answered.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");

// `load(template, contexts)` resolves to `render(context, target)`, which resolves when the file is written.
exports.serve = async function serve(load, libraries) {
  console.log = console.error; // what an engine prints is no answer
  let render;
  let contexts = [];
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const order = JSON.parse(line);
    let answer;
    if (order.load) {
      contexts = JSON.parse(fs.readFileSync(order.load.contexts, "utf8"));
      render = await load(order.load.template);
      answer = { versions: versions(libraries) };
    } else {
      answer = await timed(render, contexts, order.render);
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
};

async function timed(render, contexts, { folder, first, count }) {
  const work = [];
  for (let number = first; number < first + count; number++) {
    const name = String(number).padStart(7, "0") + ".docx";
    work.push([contexts[number % contexts.length], path.join(folder, name)]);
  }
  const cpu = process.cpuUsage();
  const wall = process.hrtime.bigint();
  for (const [context, target] of work) {
    await render(context, target);
  }
  const spent = process.cpuUsage(cpu);
  return {
    wall: Number(process.hrtime.bigint() - wall) / 1e9,
    cpu: (spent.user + spent.system) / 1e6,
  };
}

function versions(libraries) {
  const found = { Node: process.versions.node };
  for (const library of libraries) {
    const file = path.join(process.env.NODE_PATH, library, "package.json");
    found[library] = JSON.parse(fs.readFileSync(file, "utf8")).version;
  }
  return found;
}

// Carbone (community): it reads the template from its path and keeps what it built from it.
"use strict";

const fs = require("node:fs");
const { promisify } = require("node:util");
const carbone = require("carbone");
const { serve } = require("./worker.js");

async function load(template) {
  const render = promisify(carbone.render);
  return async (context, target) => {
    fs.writeFileSync(target, await render(template, context));
  };
}

serve(load, ["carbone"]);

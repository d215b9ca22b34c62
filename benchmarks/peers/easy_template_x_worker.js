// easy-template-x: one handler for all documents.
"use strict";

const fs = require("node:fs");
const { TemplateHandler } = require("easy-template-x");
const { serve } = require("./worker.js");

async function load(template) {
  const bytes = fs.readFileSync(template);
  const handler = new TemplateHandler();
  return async (context, target) => {
    fs.writeFileSync(target, await handler.process(bytes, context));
  };
}

serve(load, ["easy-template-x"]);

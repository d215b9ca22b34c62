// docx-templates, without its sandbox: that is some ten times as slow, and our template is our own.
"use strict";

const fs = require("node:fs");
const { createReport } = require("docx-templates");
const { serve } = require("./worker.js");

async function load(file) {
  const template = fs.readFileSync(file);
  return async (data, target) => {
    fs.writeFileSync(target, await createReport({ template, data, noSandbox: true }));
  };
}

serve(load, ["docx-templates"]);

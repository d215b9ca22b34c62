// docxtemplater: an object renders once, so each document opens the template again, as its guide says.
"use strict";

const fs = require("node:fs");
const Docxtemplater = require("docxtemplater");
const PizZip = require("pizzip");
const { serve } = require("./worker.js");

async function load(template) {
  const bytes = fs.readFileSync(template);
  return async (context, target) => {
    const document = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, linebreaks: true });
    document.render(context);
    fs.writeFileSync(target, document.toBuffer({ compression: "DEFLATE" }));
  };
}

serve(load, ["docxtemplater", "pizzip"]);

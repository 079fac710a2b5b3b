// Reads { schemas: { name: text }, files: [{ name, schema, text }] } from standard input and answers, for each file, what a
// YAML 1.2 reader and a JSON schema validator (both as editors use them) say: null where all is well, else the first complaint.
import Ajv from "ajv";
import { parse } from "yaml";

let input = "";
for await (const part of process.stdin) input += part;
const { schemas, files } = JSON.parse(input);
const ajv = new Ajv({ allErrors: false, strict: false });
const compiled = Object.fromEntries(Object.entries(schemas).map(([name, text]) => {
  const schema = JSON.parse(text);
  if (!ajv.validateSchema(schema)) throw new Error(`${name} is no schema: ${ajv.errorsText()}`);
  return [name, ajv.compile(schema)];
}));

const answers = files.map(({ schema, text }) => {
  try {
    const check = compiled[schema];
    return check(parse(text, { version: "1.2", schema: "core" })) ? null : ajv.errorsText(check.errors);
  } catch (broken) {
    return `not read: ${broken.message}`;
  }
});
console.log(JSON.stringify(answers));

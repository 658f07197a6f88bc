// Asks the YAML server of editors about files: on standard input a list of {file, text, line,
// column}, of which text (in place of what the file holds) and the place, both from 1, may be
// left out; on standard output for each {faults, proposals, hover}.
const { readFileSync } = require("node:fs");
const { fileURLToPath, pathToFileURL } = require("node:url");
const { getLanguageService } = require("yaml-language-server/out/server/src/languageservice/yamlLanguageService.js");
const { SettingsState } = require("yaml-language-server/out/server/src/yamlSettings.js");
const { TextDocument } = require("vscode-languageserver-textdocument");

const service = getLanguageService({
  // Files alone: an address of the web here is a fault of the test.
  schemaRequestService: async (uri) => readFileSync(fileURLToPath(uri), "utf8"),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).toString() },
  telemetry: { send() {}, sendTrack() {}, sendError: (name, err) => { throw new Error(`${name}: ${err}`); } },
  yamlSettings: new SettingsState(),
  clientCapabilities: { textDocument: { completion: { completionItem: { documentationFormat: ["markdown", "plaintext"] } } } },
});
service.configure({ validate: true, hover: true, completion: true, schemas: [], customTags: [] });

async function answer(question, version) {
  const text = question.text ?? readFileSync(question.file, "utf8");
  const doc = TextDocument.create(pathToFileURL(question.file).toString(), "yaml", version, text);
  const faults = (await service.doValidation(doc, false)).map((d) => ({ line: d.range.start.line + 1, message: d.message }));
  if (!question.line) return { faults };
  const at = { line: question.line - 1, character: question.column - 1 };
  const items = (await service.doComplete(doc, at, false)).items;
  const proposals = items.map((i) => ({ label: i.label, text: i.textEdit?.newText ?? i.insertText, says: i.documentation?.value ?? i.documentation ?? "" }));
  return { faults, proposals, hover: (await service.doHover(doc, at))?.contents.value ?? "" };
}

(async () => {
  const answers = [];
  for (const [i, question] of JSON.parse(readFileSync(0, "utf8")).entries()) answers.push(await answer(question, i + 1));
  process.stdout.write(JSON.stringify(answers));
})().catch((err) => { console.error(err); process.exit(1); });

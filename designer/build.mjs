// Bundles everything the browser gets into host/wwwroot/dist.
//   node build.mjs            build once
//   node build.mjs --install  the form MSBuild calls: install the pinned packages when needed, check types, build
// Two builds may start at the same moment (parallel test runs): the second waits for the first one's lock.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.resolve(here, "../host/wwwroot/dist");
const lock = path.join(here, ".build-lock");
const stamp = path.join(here, "node_modules/.installed");

await withLock(async () => {
  if (process.argv.includes("--install")) {
    if (isNewer("package-lock.json", stamp)) {
      run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
      fs.writeFileSync(stamp, "");
    }
    run(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"]);
  }
  await bundle();
});

async function bundle() {
  const { build } = await import("esbuild");
  const fresh = fs.mkdtempSync(path.join(here, ".build-"));
  const common = {
    absWorkingDir: here, bundle: true, minify: true, target: ["es2023", "chrome123", "firefox128", "safari17.5"],
    define: { "process.env.NODE_ENV": '"production"' }, legalComments: "linked", logLevel: "warning",
  };
  try {
    await build({
      ...common, entryPoints: entryPoints(), outdir: fresh, format: "esm", splitting: true, jsx: "automatic",
      chunkNames: "chunks/[name]-[hash]", assetNames: "fonts/[name]", loader: { ".woff2": "file", ".woff": "empty" },
    });
    // Runs before the first paint, so it's a classic script and stands alone.
    await build({ ...common, entryPoints: ["src/theme.ts"], outdir: fresh, format: "iife" });
    fs.writeFileSync(path.join(fresh, "icons.svg"), sprite());
    replaceFiles(fresh);
  } finally {
    fs.rmSync(fresh, { recursive: true, force: true });
  }
}

/** One bundle per file src/*.entry.ts(x), named after it, and site.ts. */
function entryPoints() {
  const found = { site: "src/site.ts" };
  for (const file of fs.readdirSync(path.join(here, "src"), { recursive: true })) {
    const match = /(?:^|[\\/])([\w-]+)\.entry\.tsx?$/.exec(file);
    if (match) found[match[1]] = path.join("src", file);
  }
  return found;
}

/** The icons named in src/icons.json as one SVG sprite; a name ending in "-filled" takes the filled drawing. */
function sprite() {
  const names = JSON.parse(fs.readFileSync(path.join(here, "src/icons.json"), "utf8"));
  const symbols = [...new Set(names)].sort().map(name => {
    const filled = name.endsWith("-filled");
    const file = path.join(here, "node_modules/@tabler/icons/icons", filled ? `filled/${name.slice(0, -7)}.svg` : `outline/${name}.svg`);
    if (!fs.existsSync(file)) throw new Error(`src/icons.json names the icon "${name}", which @tabler/icons does not have.`);
    const inner = fs.readFileSync(file, "utf8").replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "")
      .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24"${filled ? ' fill="currentColor" stroke="none"' : ""}>${inner}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

/** Moves file by file, so that a running host never sees an empty folder; what is no longer built goes. */
function replaceFiles(fresh) {
  const files = fs.readdirSync(fresh, { recursive: true, withFileTypes: true }).filter(f => f.isFile())
    .map(f => path.relative(fresh, path.join(f.parentPath, f.name)));
  for (const file of files) {
    fs.mkdirSync(path.dirname(path.join(target, file)), { recursive: true });
    fs.renameSync(path.join(fresh, file), path.join(target, file));
  }
  for (const old of fs.readdirSync(target, { recursive: true, withFileTypes: true })) {
    const file = path.join(old.parentPath, old.name);
    if (old.isFile() && !files.includes(path.relative(target, file))) fs.rmSync(file);
  }
  const now = new Date();
  fs.utimesSync(path.join(target, "site.js"), now, now);
}

function isNewer(source, built) {
  return !fs.existsSync(built) || fs.statSync(path.join(here, source)).mtimeMs > fs.statSync(built).mtimeMs;
}

function run(command, args) {
  const result = spawnSync(command, args, { cwd: here, stdio: "inherit", shell: process.platform === "win32" && command === "npm" });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

async function withLock(work) {
  for (;;) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (ownerIsGone()) fs.rmSync(lock, { force: true });
      else await new Promise(next => setTimeout(next, 200));
    }
  }
  process.on("exit", () => fs.rmSync(lock, { force: true }));
  await work();
}

function ownerIsGone() {
  try {
    const owner = Number(fs.readFileSync(lock, "utf8"));
    if (!owner) return Date.now() - fs.statSync(lock).mtimeMs > 5000;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

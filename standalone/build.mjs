// Builds every `*.bundle.{js,ts,css,scss}` of the given apps' public folders, as the Desk expects to find them.
//
//   node build.mjs ASSETS_FOLDER app=PUBLIC_FOLDER ...
//
// Output: PUBLIC_FOLDER/dist/{js,css}/NAME.bundle.HASH.{js,css}, and ASSETS_FOLDER/assets.json, which maps a
// bundle's name to its hashed address. It runs where the npm packages are installed.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const esbuild = require("esbuild");
const sass = require("sass");
const vue = require("esbuild-plugin-vue3");

const MODULES = path.resolve("node_modules");
const BUNDLE = /\.bundle\.(js|ts|css|scss)$/;
const SKIPPED_FOLDERS = new Set(["node_modules", "dist"]);
const STYLE = /\.(css|scss)$/;

const [assetsFolder, ...appArguments] = process.argv.slice(2);
const apps = new Map(appArguments.map((text) => text.split("=", 2)));

/** All bundle entries below a folder. */
async function findBundles(folder) {
	const found = [];
	for (const entry of await readdir(folder, { withFileTypes: true })) {
		const place = path.join(folder, entry.name);
		if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) found.push(...(await findBundles(place)));
		else if (entry.isFile() && BUNDLE.test(entry.name)) found.push(place);
	}
	return found.sort();
}

/** `app/folder/...` means that folder of the app's package, wherever the app lies. */
function insideApp(request) {
	const [, app, rest] = /^([a-z_]+)\/(.+)$/.exec(request) ?? [];
	return apps.has(app) ? path.join(path.dirname(apps.get(app)), rest) : null;
}

const appPaths = {
	name: "app-paths",
	setup(build) {
		build.onResolve({ filter: /^[a-z_]+\// }, ({ path: request }) => {
			const file = insideApp(request);
			return file ? { path: file } : undefined;
		});
	},
};

/** The framework's HTML templates register themselves under their file name. */
const htmlTemplates = {
	name: "html-templates",
	setup(build) {
		build.onLoad({ filter: /\.html$/ }, async ({ path: file }) => {
			const text = (await readFile(file, "utf8")).replace(/<!--[\s\S]*?-->/g, "").replace(/\s+/g, " ");
			const name = path.basename(file, ".html");
			return { contents: `frappe.templates[${JSON.stringify(name)}] = ${JSON.stringify(text)};`, loader: "js" };
		});
	},
};

/** SCSS: `~package/file` is an npm package's file, `app/folder/...` an app's. */
const scssImporter = {
	findFileUrl(request) {
		const file = request.startsWith("~") ? path.join(MODULES, request.slice(1)) : insideApp(request);
		return file ? pathToFileURL(file) : null;
	},
};

const scss = {
	name: "scss",
	setup(build) {
		build.onLoad({ filter: /\.scss$/ }, ({ path: file }) => {
			const { css } = sass.compile(file, { importers: [scssImporter], logger: sass.Logger.silent });
			return { contents: css, loader: "css", resolveDir: path.dirname(file) };
		});
	},
};

/** One build of scripts or of styles; returns [bundle name, address] pairs. */
async function buildBundles(app, publicFolder, entries, kind) {
	if (!entries.length) return [];
	const outdir = path.join(publicFolder, "dist", kind);
	const { outputFiles } = await esbuild.build({
		entryPoints: entries,
		entryNames: "[name]",
		assetNames: "[name].[hash]",
		outdir,
		bundle: true,
		minify: true,
		format: "iife",
		target: "es2017",
		write: false,
		logLevel: "error",
		nodePaths: [MODULES],
		// Served as they are; not ours to pack.
		external: ["/assets/*"],
		loader: { ".svg": "dataurl", ".png": "dataurl", ".gif": "dataurl", ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "file" },
		define: {
			"process.env.NODE_ENV": '"production"',
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
		},
		plugins: [appPaths, htmlTemplates, scss, vue()],
	});
	await mkdir(outdir, { recursive: true });
	const written = await Promise.all(withStyles(outputFiles, kind).map(([file, text]) => writeBundle(file, text)));
	return written.filter(Boolean).map(([name, file]) => [name, `/assets/${app}/dist/${kind}/${file}`]);
}

/** The Desk loads a script by its name only, so a script brings the styles of its components along. */
function withStyles(outputFiles, kind) {
	const files = new Map(outputFiles.map((file) => [file.path, file]));
	if (kind === "css") return [...files.values()].map((file) => [file.path, file.contents]);
	return [...files.values()]
		.filter((file) => !file.path.endsWith(".bundle.css"))
		.map((file) => {
			const style = files.get(file.path.replace(/\.js$/, ".css"));
			return [file.path, style && style !== file ? file.text + addStyle(style.text) : file.contents];
		});
}

function addStyle(css) {
	return `;(()=>{const s=document.createElement("style");s.textContent=${JSON.stringify(css)};document.head.append(s)})();`;
}

/** Write a bundle under a name with its content's hash, so that browsers may keep it for ever. */
async function writeBundle(file, content) {
	const [, name, ending] = /([^/]+\.bundle)\.(js|css)$/.exec(file) ?? [];
	if (!name) return void (await writeFile(file, content));
	const hash = createHash("sha256").update(content).digest("hex").slice(0, 8).toUpperCase();
	const hashed = `${name}.${hash}.${ending}`;
	await writeFile(path.join(path.dirname(file), hashed), content);
	return [`${name}.${ending}`, hashed];
}

async function buildApp([app, publicFolder]) {
	await rm(path.join(publicFolder, "dist"), { recursive: true, force: true });
	const entries = await findBundles(publicFolder);
	const scripts = await buildBundles(app, publicFolder, entries.filter((file) => !STYLE.test(file)), "js");
	const styles = await buildBundles(app, publicFolder, entries.filter((file) => STYLE.test(file)), "css");
	return [...scripts, ...styles];
}

async function writeWhole(file, value) {
	await writeFile(`${file}.partial`, JSON.stringify(value, null, 1) + "\n");
	await rename(`${file}.partial`, file);
}

await mkdir(assetsFolder, { recursive: true });
const bundles = (await Promise.all([...apps].map(buildApp))).flat();
await writeWhole(path.join(assetsFolder, "assets.json"), Object.fromEntries(bundles));
// Languages written from right to left are none of this app's.
await writeWhole(path.join(assetsFolder, "assets-rtl.json"), {});
console.log(`${bundles.length} bundles`);

// Compresses all files of a folder: FILE.br and FILE.gz beside FILE. Fonts are compressed already.
// Usage: node compress.mjs FOLDER
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const files = await readdir(process.argv[2], { recursive: true, withFileTypes: true });

async function compress(path) {
  const content = await readFile(path);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  await Promise.all([
    writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params })),
    writeFile(`${path}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION })),
  ]);
}

await Promise.all(
  files
    .filter((file) => file.isFile() && !file.name.endsWith(".woff2"))
    .map((file) => compress(join(file.parentPath ?? file.path, file.name))),
);

/** Builds what a release page offers, for each platform, into `release/`: see `docs/release.md`. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildArtefacts, gatherSources } from '../packaging/build-artefacts.ts'
import { PLATFORMS } from '../packaging/platforms.ts'
import './build-package.ts'

const ROOT = join(import.meta.dirname, '..')
const SUMS = 'SHA256SUMS'

const { values } = parseArgs({
  options: { platform: { type: 'string', default: 'all' }, out: { type: 'string', default: join(ROOT, 'release') } },
})
const platforms = PLATFORMS.filter(({ name }) => values.platform === 'all' || values.platform === name)
if (platforms.length === 0) {
  throw new Error(
    `--platform is ${values.platform}, and not all or one of ${PLATFORMS.map(({ name }) => name).join(', ')}`,
  )
}

mkdirSync(values.out, { recursive: true })
const sources = gatherSources(ROOT, platforms)
for (const platform of platforms) {
  for (const { name, bytes } of await buildArtefacts(sources, platform)) {
    writeFileSync(join(values.out, name), bytes)
    console.log(`${name}  ${(bytes.length / 1e6).toFixed(1)} MB`)
  }
}
const sums = readdirSync(values.out)
  .filter((name) => name !== SUMS)
  .sort()
  .map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(values.out, name)))
        .digest('hex')}  ${name}\n`,
  )
writeFileSync(join(values.out, SUMS), sums.join(''))

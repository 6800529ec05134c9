/** Copies what the demo's generator uses of the sample package, as it is, to `assets/demo/`. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromPackage, KEPT, usedSamples } from './used-samples.ts'

for (const name of readdirSync(KEPT)) if (name.endsWith('.flac')) rmSync(join(KEPT, name))
for (const name of usedSamples()) writeFileSync(join(KEPT, `${name}.flac`), fromPackage(name))

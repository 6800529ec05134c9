/** Makes the drawings of docs/guide: `npm run drawings`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { svgOf } from './drawing-kit.ts'
import { DRAWINGS } from './drawn-steps.ts'

for (const drawing of DRAWINGS) {
  const path = join('docs', 'pictures', `${drawing.name}.svg`)
  writeFileSync(join(import.meta.dirname, '..', path), svgOf(drawing))
  console.log(path)
}

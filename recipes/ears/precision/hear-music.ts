/**
 * Hears music whose makers say what is in it: `node hear-music.ts FOLDER OUT.jsonl [generated|scores|packages …]`, where FOLDER holds a folder
 * of unpacked files a package. What is heard already is not heard again.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openEars } from '../../../src/platform/inference/open-ears.ts'
import { SHIPPED_EARS } from '../../../src/platform/inference/shipped-ears.ts'
import { hearPieces } from './hear-pieces.ts'
import { PACKAGES, SCORES } from './music-packages.ts'
import { generatedPieces, packagePieces, scorePieces } from './pieces.ts'

const [folder = '', out = '', ...only] = process.argv.slice(2)
const wants = (part: string): boolean => only.length === 0 || only.includes(part)
const TRACKS_PER_GENRE = 10
/** No package may be most of the music. */
const MOST_PIECES = 25

const ears = await openEars(SHIPPED_EARS, { forced: 'cpu' })
const isThere = (source: string): boolean => existsSync(join(folder, source))
if (wants('generated')) await hearPieces(ears, generatedPieces(TRACKS_PER_GENRE), out)
if (wants('scores'))
  for (const source of SCORES.filter(isThere)) await hearPieces(ears, scorePieces(folder, source), out)
if (wants('packages'))
  for (const source of Object.keys(PACKAGES).filter(isThere))
    await hearPieces(ears, packagePieces(folder, source, MOST_PIECES), out)
await ears.close()

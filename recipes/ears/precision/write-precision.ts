/**
 * Measures how precise each tag is on music, and writes it beside the card: `node write-precision.ts HEARD.jsonl …`, which `hear-music.ts` made.
 * Prints what is shown.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { parseEarsCard } from '../../../src/core/tags/ears-card.ts'
import { type HeardPiece, readHeard } from './hear-pieces.ts'
import { isMusic, type MeasuredTag, measureTag } from './measure-tags.ts'

const EARS = new URL('../../../assets/ears/', import.meta.url)
const card = parseEarsCard(JSON.parse(readFileSync(new URL('ears.json', EARS), 'utf8')))
if (typeof card === 'string') throw new Error(card)
const tags = card.tags.filter(({ threshold, experimental }) => threshold !== null && !experimental)

const byId = new Map(process.argv.slice(2).flatMap((file) => readHeard(file).map((piece) => [piece.id, piece])))
const heard = [...byId.values()].filter(isMusic)
const measured: readonly MeasuredTag[] = tags.flatMap((tag) => measureTag(tag, heard) ?? [])
const round = (value: number): number => Math.round(value * 100) / 100
/** Not up: what is claimed was measured. */
const floor = (value: number): number => Math.floor(value * 100) / 100
const hoursOf = (pieces: readonly HeardPiece[]): number =>
  round(pieces.reduce((sum, { seconds }) => sum + seconds, 0) / 3600)

const hours = Object.fromEntries(
  [...Map.groupBy(heard, ({ facts }) => facts.by)].map(([by, pieces]) => [
    by,
    { pieces: pieces.length, hours: hoursOf(pieces) },
  ]),
)
const summary = {
  heard: hours,
  tags: tags.length,
  precision_known: measured.length,
  shown: measured.filter(({ shown }) => shown !== null).length,
}
const document = {
  kind: 'algiers-tag-precision',
  onnx_sha256: card.onnx.sha256,
  what: 'Lower bounds of how often a tag is true of music in which it is heard: recipes/ears/precision, decision 0037. Thresholds were chosen on unlabelled free music of Debian main, renderings of scores and generated tracks; no track that may not be changed took part.',
  measured: summary,
  tags: measured.map(({ name, heard: { precision, known, produced }, shown }) => ({
    name,
    heard_precision: floor(precision),
    shown_from: shown?.from ?? null,
    shown_precision: shown && floor(shown.evidence.precision),
    evidence: {
      at: shown?.from ?? null,
      known: Object.values(shown?.evidence.known ?? known).map((value) => value && round(value)),
      produced: Object.values(shown?.evidence.produced ?? produced).map((value) => value && round(value)),
    },
  })),
}
writeFileSync(new URL('tag-precision.json', EARS), `${JSON.stringify(document, null, 1)}\n`)
for (const { name, shown } of measured)
  if (shown)
    process.stdout.write(
      `${name.padEnd(24)} from ${shown.from.toFixed(2)}  precision ${shown.evidence.precision.toFixed(2)}  known ${shown.evidence.known.precision?.toFixed(2)}  produced ${shown.evidence.produced.precision?.toFixed(2)}  false ${shown.evidence.produced.falseRate.toFixed(3)}\n`,
    )
process.stdout.write(`${JSON.stringify(summary, null, 1)}\n`)

/**
 * What the network of form learns from, as plain files: `node recipes/form/export.ts --out DIR --corpus DIR … [--generated 8]`. For each track the
 * input of every beat (float32, channels × beats), whether a section starts there (1, 0, or −1: nobody says) and its kind (−1: nobody says; int8 each).
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createAnalyser } from '../../bench/accuracy/analysis.ts'
import { layGrids, prepareCorpus } from '../../bench/accuracy/folds.ts'
import { formTruth } from '../../bench/accuracy/form-truth.ts'
import { groupNames } from '../../bench/accuracy/track-groups.ts'
import { type CorpusTrack, readCorpus } from '../../bench/corpus/corpus.ts'
import { freeLicences } from '../../bench/corpus/free-licences.ts'
import { generatedTracks } from '../../bench/corpus/generated-tracks.ts'
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { SECTION_KINDS } from '../../src/core/labels/section-kind.ts'
import { FORM_CHANNELS, formInput } from '../../src/core/sections/form-input.ts'
import { groupedFolds } from '../../src/core/training/grouped-folds.ts'
import { identifyFile } from '../../src/platform/decoding/identity.ts'

const FOLDS = 5
const SEED = 1

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    corpus: { type: 'string', multiple: true, default: [] },
    generated: { type: 'string', default: '8' },
  },
})
if (values.out === undefined || values.corpus.length === 0)
  throw new Error('usage: node recipes/form/export.ts --out DIR --corpus DIR … [--generated 8]')
const folder = values.out
await mkdir(folder, { recursive: true })

const corpora = await Promise.all(
  values.corpus.map(async (path) => ({ tracks: await readCorpus(path), licences: await freeLicences(path) })),
)
const licences = new Map(corpora.flatMap(({ licences: own }) => [...own]))
const recorded = corpora.flatMap(({ tracks }) => tracks).filter(({ segments }) => segments.length > 0)
const generated = await generatedTracks(Number(values.generated))

const sources = [...new Set(recorded.map(({ source }) => source))]
const folds = groupedFolds({
  groups: groupNames(recorded),
  classes: recorded.map(({ source }) => sources.indexOf(source)),
  classCount: sources.length,
  foldCount: FOLDS,
  seed: SEED,
})

const analyser = await createAnalyser()
const described: unknown[] = []
const write = async (track: CorpusTrack, fold: number | null): Promise<void> => {
  const { tracks } = await prepareCorpus([track], analyser)
  const [gridded] = await layGrids(tracks, shippedBarPhaseModel, { features: analyser.features })
  if (!gridded) return
  const { beats, values: input } = formInput(gridded.features, gridded.grid)
  const { edges, kinds } = formTruth(gridded)
  await writeFile(join(folder, `${track.id}.input`), new Uint8Array(input.buffer))
  await writeFile(join(folder, `${track.id}.edges`), new Uint8Array(edges.buffer))
  await writeFile(join(folder, `${track.id}.kinds`), new Uint8Array(kinds.buffer))
  const licence = fold === null ? 'generated' : (licences.get(track.id) ?? null)
  const { audioDigest } = await identifyFile(track.audioPath)
  const { id, source, makers, isSong } = track
  described.push({ id, source, makers, isSong, beats, fold, licence, audioDigest })
  process.stderr.write(`\r${described.length} of ${recorded.length + generated.length} `)
}
for (const [at, track] of recorded.entries()) await write(track, folds[at]!)
for (const track of generated) await write(track, null)
await analyser.close()
const index = { channels: FORM_CHANNELS, kinds: SECTION_KINDS, folds: FOLDS, tracks: described }
await writeFile(join(folder, 'index.json'), `${JSON.stringify(index, null, 1)}\n`)

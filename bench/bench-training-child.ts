/**
 * One training in a process of its own, so that its peak memory is its own: `node --expose-gc bench-training-child.ts DATA_DIR
 * LABELS [MODEL_FILE]` prints a TrainingCost as JSON; with a file it is also cancelled a few times.
 */
import { writeFileSync } from 'node:fs'
import { encodeOnnx } from '../src/core/models/onnx-encode.ts'
import { trainSections } from '../src/core/training/train-sections.ts'
import { currentModelSpecDigest } from '../src/engine/kit/model-spec-digest.ts'
import { readBaseModel } from '../src/engine/versions/base-model.ts'
import { costOf } from './bench-figures.ts'
import { readLabelledTracks, takeLabels } from './bench-labelled.ts'
import { peakResidentKib } from './peak-memory.ts'

export type TrainingCost = {
  readonly labels: number
  readonly tracks: number
  readonly milliseconds: number
  /** Of all threads; less than the wall time says that the machine was busy with other things. */
  readonly cpuMilliseconds: number
  /** Highest resident memory of the process, less what it held before the training began. */
  readonly peakBytes: number
  /** The slowest of several cancellations; null where none was tried. */
  readonly cancelMilliseconds: number | null
  readonly modelBytes: number
}

/** Shares of the time the training takes; the first falls into the preparation of the tracks. */
const CANCEL_AT = [0.02, 0.2, 0.4, 0.6, 0.8] as const
const [dataDir, labelCount, modelPath] = process.argv.slice(2)

const tracks = takeLabels(readLabelledTracks(dataDir!), Number(labelCount))
// Few labels leave rare kinds without enough: here the time counts, not the model.
const options = { featureSpec: currentModelSpecDigest(), seed: 1, minSamples: 1, base: readBaseModel() }
globalThis.gc?.()
const before = process.memoryUsage().rss
let trained: Awaited<ReturnType<typeof trainSections>> | null = null
const { wallMilliseconds: milliseconds, cpuMilliseconds } = await costOf(async () => {
  trained = await trainSections({ tracks, options })
})
// Not `maxRSS` where it can be helped: on Linux that begins with the memory of the parent that started the process.
const peakBytes = 1024 * (peakResidentKib(process.pid) ?? process.resourceUsage().maxRSS) - before

/** @returns milliseconds from the moment the abort was due, however long the event loop was held up, to the end of the training */
const cancelAfter = async (delay: number): Promise<number> => {
  const cancellation = new AbortController()
  const due = performance.now() + delay
  const timer = setTimeout(() => cancellation.abort(), delay)
  try {
    await trainSections({ tracks, options }, { signal: cancellation.signal })
    // Done before it was due: nothing was cancelled.
    clearTimeout(timer)
    return 0
  } catch (error) {
    if (!cancellation.signal.aborted) throw error
    return performance.now() - due
  }
}

const cancellations: number[] = []
if (modelPath) for (const share of CANCEL_AT) cancellations.push(await cancelAfter(share * milliseconds))

const onnx = encodeOnnx(trained!.model)
if (modelPath) writeFileSync(modelPath, onnx)
const cost: TrainingCost = {
  labels: tracks.reduce((sum, { labels }) => sum + labels.length, 0),
  tracks: tracks.length,
  milliseconds,
  cpuMilliseconds,
  peakBytes,
  cancelMilliseconds: cancellations.length > 0 ? Math.max(...cancellations) : null,
  modelBytes: onnx.length,
}
process.stdout.write(JSON.stringify(cost))

/**
 * @file The one place that loads the time-stretch (Signalsmith Stretch, MIT).
 * Its build for the web shows its network of filters to an AudioWorklet only, so for as long as it loads, this is one.
 */
import type { StereoBlock, Stretcher } from '../../core/mixing/deck-reader.ts'
import type { Hertz } from '../../core/units/units.ts'

/** What is used of the library: `_process` and its kin count in frames, `_setBuffers` returns where its buffers lie. */
type Network = {
  readonly HEAP8: Int8Array
  readonly _presetDefault: (channels: number, sampleRate: Hertz) => void
  readonly _reset: () => void
  readonly _inputLatency: () => number
  readonly _outputLatency: () => number
  readonly _setBuffers: (channels: number, frames: number) => number
  readonly _seek: (frames: number, rate: number) => void
  readonly _process: (inputFrames: number, outputFrames: number) => void
}

type Processor = { readonly wasmModule: Network }
type WorkletOptions = { readonly numberOfOutputs: number; readonly outputChannelCount: readonly number[] }
type WorkletProcessor = new (options: WorkletOptions) => Processor

const CHANNELS = 2
const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT
/** More input or output is never asked for at once. */
const MOST_FRAMES = 16_384

let loading: Promise<WorkletProcessor> | null = null
let onReady: () => void = () => {}

const load = async (sampleRate: Hertz): Promise<WorkletProcessor> => {
  let found: WorkletProcessor | null = null
  Object.assign(globalThis, {
    sampleRate,
    currentTime: 0,
    AudioWorkletProcessor: class {
      readonly port = {
        onmessage: null,
        postMessage: ([what]: readonly unknown[]) => void (what === 'ready' && onReady()),
      }
    },
    registerProcessor: (_name: string, processor: WorkletProcessor) => {
      found = processor
    },
  })
  // @ts-expect-error The library comes without types.
  await import('signalsmith-stretch')
  if (found === null) throw new Error('The time-stretch did not register itself')
  return found
}

const openNetwork = async (sampleRate: Hertz): Promise<Network> => {
  loading ??= load(sampleRate)
  const Processor = await loading
  const { promise, resolve } = Promise.withResolvers<void>()
  onReady = resolve
  const processor = new Processor({ numberOfOutputs: 1, outputChannelCount: [CHANNELS] })
  await promise
  return processor.wasmModule
}

/** Networks that nobody uses: one takes some milliseconds to make, and a few megabytes. */
const idle: Network[] = []
let opening: Promise<unknown> = Promise.resolve()

export type OpenStretcher = Stretcher & { readonly close: () => void }

/** A time-stretch of its own for one deck. It draws some phases at random, so no two runs are the same to the last bit. */
export const openStretcher = async (sampleRate: Hertz): Promise<OpenStretcher> => {
  // One after the other, since the library tells when it is ready but not which.
  const opened = opening.then(() => idle.pop() ?? openNetwork(sampleRate))
  opening = opened.catch(() => {})
  const network = await opened
  network._presetDefault(CHANNELS, sampleRate)
  network._reset()
  const place = network._setBuffers(CHANNELS, MOST_FRAMES)
  /** The buffers of the inputs come first. Memory may have moved, so they are looked up each time. */
  const buffer = (index: number, frames: number): Float32Array =>
    new Float32Array(network.HEAP8.buffer, place + index * MOST_FRAMES * FLOAT_BYTES, frames)
  const load = (input: StereoBlock): void => {
    for (const [channel, plane] of input.entries()) buffer(channel, plane.length).set(plane)
  }
  return {
    inputLatency: network._inputLatency(),
    outputLatency: network._outputLatency(),
    seek: (before, rate) => {
      network._reset()
      load(before)
      network._seek(before[0].length, rate)
    },
    process: (input, frames) => {
      load(input)
      network._process(input[0].length, frames)
      return [buffer(CHANNELS, frames).slice(), buffer(CHANNELS + 1, frames).slice()]
    },
    close: () => void idle.push(network),
  }
}

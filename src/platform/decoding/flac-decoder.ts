import { createFlacCutter, type FlacCutter, type FlacFrame } from './flac-frames.ts'
import { type FlacStream, readStreamInfo, STREAM_INFO_BYTES } from './flac-header.ts'
import { readFlacSamples } from './flac-samples.ts'
import type { DecodedBlock, WasmDecoder } from './wasm-decoder.ts'

/** The longest silence that is put in place of damaged frames where the stream does not tell its length. */
const MOST_LOST_SECONDS = 60

/** The library complains of the frames that it was not given. */
const isOfGap = (error: unknown): boolean => JSON.stringify(error).includes('MISSING_FRAME')

/** Shorter blocks, which only the last one may be, crash the library. */
const LEAST_BLOCK = 16

const EMPTY: DecodedBlock = { channelData: [], sampleRate: 0, errors: [] }

/** Where the frames begin: behind all blocks of metadata (RFC 9639 §8); null where `head` does not reach so far. */
const framesStart = (head: Uint8Array): number | null => {
  for (let at = 4; at + 4 <= head.length; ) {
    const [first, ...length] = head.subarray(at, at + 4)
    at += 4 + ((length[0]! << 16) | (length[1]! << 8) | length[2]!)
    if ((first! & 0x80) !== 0) return at <= head.length ? at : null
  }
  return null
}

const joinBlocks = (blocks: readonly DecodedBlock[]): DecodedBlock => {
  const sounding = blocks.filter(({ channelData }) => (channelData[0]?.length ?? 0) > 0)
  const [first] = sounding
  const errors = blocks.flatMap((block) => block.errors)
  if (first === undefined || sounding.length === 1) return { ...(first ?? EMPTY), errors }
  const channelData = first.channelData.map((_, channel) => {
    const planes = sounding.map((block) => block.channelData[channel]!)
    const joined = new Float32Array(planes.reduce((sum, plane) => sum + plane.length, 0))
    let at = 0
    for (const plane of planes) {
      joined.set(plane, at)
      at += plane.length
    }
    return joined
  })
  return { channelData, sampleRate: first.sampleRate, errors }
}

/** Reads frames of a width or length that the library does not know. */
const readRun = async (run: readonly FlacFrame[], stream: FlacStream): Promise<DecodedBlock> => {
  const { sampleRate } = stream
  return joinBlocks(
    run.map((frame): DecodedBlock => {
      try {
        return { channelData: readFlacSamples(frame.bytes, { ...frame, stream }), sampleRate, errors: [] }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        return { ...EMPTY, errors: [error] }
      }
    }),
  )
}

/** Decodes FLAC frame by frame: silence takes the place of damaged frames, so that what follows keeps its time. */
export const createFlacDecoder = async (): Promise<WasmDecoder> => {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac')
  const openLibrary = async (): Promise<InstanceType<typeof FLACDecoder>> => {
    const opened = new FLACDecoder()
    await opened.ready
    return opened
  }
  let decoder = await openLibrary()
  /** A frame may leave its rate or width to this block. */
  const info = (): Uint8Array => {
    const block = head.slice(0, STREAM_INFO_BYTES)
    block[4] = 0x80
    return block
  }
  let head = new Uint8Array(0)
  let stream: FlacStream | null = null
  let cutter: FlacCutter | null = null
  let position: number | null = null
  let told = 0

  const silence = (count: number): DecodedBlock => ({
    channelData: Array.from({ length: stream!.channels }, () => new Float32Array(count)),
    sampleRate: stream!.sampleRate,
    errors: [],
  })
  const lostBefore = (frame: FlacFrame): number => {
    // Frames that touch are played on, whatever they are numbered: somebody cut the file, or joined it.
    if (!frame.isAfterLoss) return 0
    const lost = frame.position - (position ?? 0)
    const most = stream!.samples > 0 ? stream!.samples - frame.samples : MOST_LOST_SECONDS * stream!.sampleRate
    return lost > 0 && lost <= most ? lost : 0
  }
  const isUnknown = ({ samples }: FlacFrame): boolean => stream!.bits % 8 !== 0 || samples < LEAST_BLOCK
  const decodeRun = async (run: FlacFrame[]): Promise<DecodedBlock> => {
    if (run.length === 0) return EMPTY
    if (isUnknown(run[0]!)) return readRun(run, stream!)
    try {
      return await decoder.decodeFrames(run.map(({ bytes }) => bytes))
    } catch (error) {
      if ((error as Error).name !== 'RuntimeError') throw error
      // Of blocks of some hundred samples one in many lets the library read beyond its memory, which is of no use then.
      decoder = await openLibrary()
      await decoder.decodeFrames([info()])
      return readRun(run, stream!)
    }
  }
  const take = async (chunk: Uint8Array, isLast: boolean): Promise<DecodedBlock> => {
    const frames = cutter!.push(chunk, isLast)
    const blocks: DecodedBlock[] = []
    let run: FlacFrame[] = []
    for (const frame of frames) {
      const lost = lostBefore(frame)
      if (lost > 0 || (run.length > 0 && isUnknown(run[0]!) !== isUnknown(frame))) {
        blocks.push(await decodeRun(run), silence(lost))
        run = []
      }
      run.push(frame)
      position = frame.position + frame.samples
    }
    blocks.push(await decodeRun(run))
    const damaged = Array.from({ length: cutter!.damaged() - told }, () => 'damaged')
    told += damaged.length
    const joined = joinBlocks(blocks)
    return { ...joined, errors: [...joined.errors.filter((error) => !isOfGap(error)), ...damaged] }
  }
  const begin = async (isLast: boolean): Promise<DecodedBlock> => {
    const start = framesStart(head)
    if (start === null) return EMPTY
    stream = readStreamInfo(head)
    if (stream === null) return EMPTY
    cutter = createFlacCutter(stream)
    const [block, rest] = [await decoder.decodeFrames([info()]), head.subarray(start)]
    const sound = await take(rest, isLast)
    return { ...sound, errors: [...block.errors, ...sound.errors] }
  }
  const decode = (chunk: Uint8Array): Promise<DecodedBlock> => {
    if (cutter !== null) return take(chunk, false)
    const longer = new Uint8Array(head.length + chunk.length)
    longer.set(head)
    longer.set(chunk, head.length)
    head = longer
    return begin(false)
  }
  return {
    ready: decoder.ready,
    decode,
    flush: () => (cutter === null ? begin(true) : take(new Uint8Array(0), true)),
    free: () => decoder.free(),
  }
}

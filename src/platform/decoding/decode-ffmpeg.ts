import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { UserError } from '../../core/support/user-error.ts'
import type { OpenAudio } from './open-audio.ts'
import { type OutputSocket, openOutputSocket } from './output-socket.ts'
import { createFrameCutter, type FrameCutter, type PcmLayout } from './pcm-stream.ts'
import type { SinkLimits, SinkOpener, SoundSink, SourceFacts } from './sound-sink.ts'
import { readWavLayout } from './wav-layout.ts'

/** ffmpeg's WAV header with its LIST chunk is under 200 bytes. */
const HEADER_BYTES = 512
const KEPT_MESSAGES = 5
/** Else it writes each frame of an MP3 by itself: three times as many pieces, each of which is read and freed here. */
const IN_LARGE_PIECES = ['-flush_packets', '0'] as const
/** The open file as ffmpeg's process sees it; Windows has no such name, and the file is opened by its place there. */
const GIVEN = '/dev/fd/3'

type Stream<Heard> = { readonly layout: PcmLayout; readonly sink: SoundSink<Heard>; readonly cutter: FrameCutter }

const openStream = async <Heard>(
  head: Uint8Array,
  open: SinkOpener<Heard>,
  limits: SinkLimits,
): Promise<Stream<Heard>> => {
  const read = async (position: number, length: number): Promise<Uint8Array> =>
    head.subarray(position, position + length)
  const layout = await readWavLayout({ read, start: 0, sizeBytes: Number.POSITIVE_INFINITY, path: limits.path })
  const sink = open(layout, limits)
  const cutter = createFrameCutter(layout, sink)
  cutter.push(head.subarray(layout.parts[0]!.start))
  return { layout, sink, cutter }
}

const explain = (path: string, messages: string): UserError => {
  const last = messages.trim().split('\n').at(-1) ?? ''
  if (/matches no streams|does not contain any stream/.test(messages))
    return new UserError('AUDIO_NO_STREAM', `${path}: holds no audio stream`)
  if (/Decoder .* not found|Unknown decoder/.test(messages)) return new UserError('DECODER_MISSING', `${path}: ${last}`)
  return new UserError('AUDIO_DECODE_FAILED', `${path}: ${last || 'ffmpeg could not read it'}`)
}

/** Where there is no socket for its output, Node makes a pipe. */
const spawnOnto = (
  output: OutputSocket | null,
  ffmpeg: string,
  options: readonly string[],
  descriptor: number,
): ChildProcess => {
  try {
    return spawn(ffmpeg, options, {
      stdio: ['ignore', output?.writer ?? 'pipe', 'pipe', descriptor],
      windowsHide: true,
    })
  } finally {
    output?.writer.destroy()
  }
}

/**
 * Decodes anything that ffmpeg reads. ffmpeg pipes 32-bit float at the source's rate and channels, or 16 bits, half as many bytes, where
 * the samples are known to fit; the rest happens here, so that loudness, mix and resampling are the same for every decoder. ffmpeg runs
 * in its own process: it can be killed, and a crash harms only this file.
 * @throws UserError AUDIO_NO_STREAM, AUDIO_DECODE_FAILED, DECODER_MISSING, and those of the sink
 */
export const decodeWithFfmpeg = async <Heard>(
  ffmpeg: string,
  { place, descriptor }: Pick<OpenAudio, 'place' | 'descriptor'>,
  {
    open,
    limits,
    signal,
    isInt16 = false,
  }: {
    readonly open: SinkOpener<Heard>
    readonly limits: SinkLimits
    readonly signal: AbortSignal
    readonly isInt16?: boolean
  },
): Promise<Heard & SourceFacts> => {
  const options = [
    '-nostdin',
    // Several files are decoded side by side: threads of its own would only cost time.
    '-threads',
    '1',
    '-hide_banner',
    '-loglevel',
    'error',
    '-i',
    `file:${existsSync('/dev/fd') ? GIVEN : place}`,
    '-map',
    '0:a:0',
    '-vn',
  ]
  const encoder = isInt16 ? 'pcm_s16le' : 'pcm_f32le'
  const output = await openOutputSocket()
  const child = spawnOnto(
    output,
    ffmpeg,
    [...options, '-c:a', encoder, '-f', 'wav', ...IN_LARGE_PIECES, 'pipe:1'],
    descriptor,
  )
  const kill = (): void => void child.kill('SIGKILL')
  signal.addEventListener('abort', kill, { once: true })
  if (signal.aborted) kill()
  let messages = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    if (messages.length < 4000) messages += text
  })
  const exited = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  // This is awaited below; if reading fails first, this rejection must not end the process.
  exited.catch(() => {})
  try {
    let stream: Stream<Heard> | null = null
    let head = new Uint8Array(0)
    for await (const chunk of output?.pieces ?? (child.stdout as AsyncIterable<Uint8Array>)) {
      if (stream !== null) {
        stream.cutter.push(chunk)
        continue
      }
      head = Uint8Array.from([...head, ...chunk.subarray(0, HEADER_BYTES)])
      const rest = chunk.subarray(HEADER_BYTES)
      if (head.length < HEADER_BYTES) continue
      stream = await openStream(head, open, limits)
      stream.cutter.push(rest)
    }
    const code = await exited
    signal.throwIfAborted()
    if (stream === null && head.length > 0) stream = await openStream(head, open, limits)
    if (stream === null) throw explain(limits.path, messages)
    const warnings = messages.trim().split('\n').filter(Boolean).slice(0, KEPT_MESSAGES)
    if (code !== 0) warnings.unshift(`ffmpeg stopped early (exit ${code})`)
    stream.cutter.finish()
    const { channels, sampleRate } = stream.layout
    const format = { channels, sourceSampleRate: sampleRate, decoder: 'ffmpeg' }
    return { ...stream.sink.finish(), ...format, declaredSeconds: null, warnings }
  } finally {
    signal.removeEventListener('abort', kill)
    kill()
  }
}

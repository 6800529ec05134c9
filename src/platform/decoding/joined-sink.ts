import { createRateChanger, type RateChanger } from '../../core/audio/change-rate.ts'
import { type AnalysisSink, createAnalysisSink, type SinkLimits } from './analysis-sink.ts'

type Format = { readonly sampleRate: number; readonly channels: number }

/** Takes sound whose rate or channels may change on the way, and passes it on as it was at the beginning. */
export type JoinedSink = {
  readonly push: (planes: readonly Float32Array[], sampleRate: number) => void
  /** Passes on the rest. @returns null where no sound came */
  readonly finish: () => { readonly format: Format; readonly sink: AnalysisSink; readonly changes: number } | null
}

const interleave = (planes: readonly Float32Array[]): Float32Array => {
  if (planes.length === 1) return planes[0]!
  const frames = new Float32Array(planes.length * planes[0]!.length)
  for (const [channel, plane] of planes.entries())
    for (let n = 0, at = channel; n < plane.length; n++, at += planes.length) frames[at] = plane[n]!
  return frames
}

/** Mixes to another number of channels: several are averaged, as other players do. */
const mixTo = (planes: readonly Float32Array[], channels: number, monoGain: number): readonly Float32Array[] => {
  if (planes.length === channels) return planes
  const mono = planes[0]!.map((_, n) => planes.reduce((sum, plane) => sum + plane[n]!, 0) / planes.length)
  return channels === 1 ? [mono] : Array.from({ length: channels }, () => mono.map((value) => value * monoGain))
}

/** @param monoGain by which one channel is multiplied where it becomes several; as loud as alone where left out */
export const createJoinedSink = (limits: SinkLimits, monoGain = Math.SQRT1_2): JoinedSink => {
  let first: { readonly format: Format; readonly sink: AnalysisSink } | null = null
  let current: Format | null = null
  let changer: RateChanger | null = null
  let changes = 0

  const endChange = (): void => {
    if (changer !== null && first !== null) first.sink.push(interleave(changer.finish()))
    changer = null
  }
  const push = (planes: readonly Float32Array[], sampleRate: number): void => {
    const channels = planes.length
    first ??= { format: { sampleRate, channels }, sink: createAnalysisSink({ sampleRate, channels }, limits) }
    const { format, sink } = first
    if (current !== null && (current.sampleRate !== sampleRate || current.channels !== channels)) {
      changes++
      endChange()
    }
    current = { sampleRate, channels }
    const mixed = mixTo(planes, format.channels, monoGain)
    if (sampleRate !== format.sampleRate) changer ??= createRateChanger(sampleRate, format.sampleRate, format.channels)
    sink.push(interleave(changer === null ? mixed : changer.push(mixed)))
  }
  const finish = (): ReturnType<JoinedSink['finish']> => {
    endChange()
    return first && { ...first, changes }
  }
  return { push, finish }
}

import { createRateChanger, type RateChanger } from '../../core/audio/change-rate.ts'
import type { SinkLimits, SinkOpener, SoundFormat, SoundSink } from './sound-sink.ts'

/** Takes sound whose rate or channels may change on the way, and passes it on as it was at the beginning. */
export type JoinedSink<Heard> = {
  readonly push: (planes: readonly Float32Array[], sampleRate: number) => void
  /** Passes on the rest. @returns null where no sound came */
  readonly finish: () => { readonly format: SoundFormat; readonly heard: Heard; readonly changes: number } | null
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
export const createJoinedSink = <Heard>(
  open: SinkOpener<Heard>,
  limits: SinkLimits,
  monoGain = Math.SQRT1_2,
): JoinedSink<Heard> => {
  let first: { readonly format: SoundFormat; readonly sink: SoundSink<Heard> } | null = null
  let current: SoundFormat | null = null
  let changer: RateChanger | null = null
  let changes = 0

  const endChange = (): void => {
    if (changer !== null && first !== null) first.sink.push(interleave(changer.finish()))
    changer = null
  }
  const push = (planes: readonly Float32Array[], sampleRate: number): void => {
    const channels = planes.length
    first ??= { format: { sampleRate, channels }, sink: open({ sampleRate, channels }, limits) }
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
  const finish = (): ReturnType<JoinedSink<Heard>['finish']> => {
    endChange()
    return first && { format: first.format, heard: first.sink.finish(), changes }
  }
  return { push, finish }
}

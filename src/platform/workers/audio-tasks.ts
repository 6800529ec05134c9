import type { DecodedAudio, MonoAudio } from '../../core/audio/audio.ts'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { FoundBeats } from '../../core/beats/estimate-grid.ts'
import type { BesideBeats } from '../../core/beats/place-bars.ts'
import type { HeardLevels } from '../../core/features/heard-levels.ts'
import type { SpectralFrames, TrackPitches } from '../../core/features/track-frames.ts'
import type { TrackTags } from '../../core/library/track-tags.ts'
import type { MeasuredFaults } from '../../core/quality/checked-track.ts'
import type { TrackForm } from '../../core/sections/track-form.ts'
import type { HearableAudio } from '../../core/tags/mel-windows.ts'
import type { Provider } from '../../core/tags/provider.ts'
import type { AudioSource } from '../decoding/open-audio.ts'
import type { DecodeAudioInput } from './decode-audio.ts'
import type { DescribedTrack, DescribeTrackInput } from './describe-track.ts'
import type { FindFormInput } from './find-form.ts'
import type { HearAudioInput, HeardAudio, ProvenEars } from './hear-audio.ts'
import type { IdentifiedTrack } from './identify-track.ts'
import type { EarsInput } from './opened-ears.ts'
import { nothing, type Task } from './task.ts'

const identifyTrack: Task<AudioSource, IdentifiedTrack> = {
  run: async (input) => (await import('./identify-track.ts')).identifyTrack(input),
  transfer: nothing,
}

const readTags: Task<AudioSource, TrackTags> = {
  run: async (source) => (await import('../decoding/tags.ts')).readTags(source),
  transfer: nothing,
}

const decodeAudio: Task<DecodeAudioInput, DecodedAudio> = {
  run: async (input, context) => (await import('./decode-audio.ts')).decodeAudio(input, context),
  transfer: nothing,
}

const findBeats: Task<MonoAudio & Pick<BesideBeats, 'habit'>, FoundBeats> = {
  run: async ({ habit, ...mono }, { signal }) =>
    (await import('../../core/beats/estimate-grid.ts')).findBeats(mono, { habit, signal }),
  transfer: nothing,
}

const placeGrid: Task<BesideBeats & { readonly beats: FoundBeats }, BeatGrid> = {
  run: async ({ beats, ...beside }) => (await import('../../core/beats/estimate-grid.ts')).gridOfBeats(beats, beside),
  transfer: nothing,
}

const measureSpectra: Task<MonoAudio, SpectralFrames> = {
  run: async (mono, { signal }) =>
    (await import('../../core/features/track-frames.ts')).measureSpectra(mono, { signal }),
  transfer: ({ melDb }) => [melDb.buffer as ArrayBuffer],
}

const measurePitches: Task<MonoAudio, TrackPitches> = {
  run: async (mono, { signal }) =>
    (await import('../../core/features/track-frames.ts')).measurePitches(mono, { signal }),
  transfer: nothing,
}

const makePeaks: Task<MonoAudio, Uint8Array> = {
  run: async (mono) => {
    const [{ waveformPeaks }, { encodePeaks }] = await Promise.all([
      import('../../core/audio/measure-peaks.ts'),
      import('../../core/audio/waveform-peaks.ts'),
    ])
    return encodePeaks(waveformPeaks(mono))
  },
  transfer: (bytes) => [bytes.buffer as ArrayBuffer],
}

const measureFaults: Task<MonoAudio, MeasuredFaults> = {
  run: async (mono) => (await import('../../core/quality/measure-faults.ts')).measureFaults(mono),
  transfer: nothing,
}

const proveEars: Task<EarsInput, ProvenEars> = {
  run: async (input) => (await import('./hear-audio.ts')).proveEars(input),
  transfer: nothing,
}

const hearAudio: Task<HearAudioInput, HeardAudio> = {
  run: async (input, context) => (await import('./hear-audio.ts')).hearAudio(input, context),
  transfer: ({ embedding, windows }) => [embedding.buffer as ArrayBuffer, windows.buffer as ArrayBuffer],
}

const hearLevels: Task<HearableAudio, HeardLevels> = {
  run: async (audio, context) => (await import('./hear-levels.ts')).hearLevels(audio, context),
  transfer: ({ values }) => [values.buffer as ArrayBuffer],
}

const describeTrack: Task<DescribeTrackInput, DescribedTrack> = {
  run: async (input, context) => (await import('./describe-track.ts')).describeTrack(input, context),
  transfer: ({ features, vector }) => [features.values.buffer as ArrayBuffer, vector.buffer as ArrayBuffer],
}

const proveForm: Task<null, Provider> = {
  run: async () => (await import('./find-form.ts')).proveForm(),
  transfer: nothing,
}

const findForm: Task<FindFormInput, TrackForm> = {
  run: async (input, context) => (await import('./find-form.ts')).findForm(input, context),
  transfer: ({ edges, parts }) => [edges.buffer as ArrayBuffer, parts.buffer as ArrayBuffer],
}

/** What a thread can measure and hear in the sound of a track. */
export const audioTasks = {
  identifyTrack,
  readTags,
  decodeAudio,
  findBeats,
  placeGrid,
  measureSpectra,
  measurePitches,
  makePeaks,
  measureFaults,
  proveEars,
  hearAudio,
  hearLevels,
  describeTrack,
  proveForm,
  findForm,
} as const

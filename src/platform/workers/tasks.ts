import type { PackedLabels } from '../../core/interop/packed-labels.ts'
import type { LabelImportPlan } from '../../core/interop/plan-label-import.ts'
import type { OpenedBundle } from '../../core/models/open-bundle.ts'
import type { CheckedTrack, LabelFlaw } from '../../core/sections/check-labels.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import type { SectionExplanation } from '../../core/sections/explain-section.ts'
import type { Repeat } from '../../core/sections/find-repeats.ts'
import type { PlannedSet } from '../../core/setlist/plan-set.ts'
import type { TransitionGraph } from '../../core/setlist/transition-graph.ts'
import type { MatchingMoment } from '../../core/similarity/matching-moments.ts'
import type { SoundScale } from '../../core/similarity/sound-table.ts'
import { atSteps } from '../../core/support/at-steps.ts'
import type { SuspectRequest } from '../../core/training/suspect-labels.ts'
import type { TrainingInput } from '../../core/training/train-sections.ts'
import type { BlendRequest } from '../../core/training/try-blend.ts'
import type { AnswerLabelsInput } from './answer-labels.ts'
import { audioTasks } from './audio-tasks.ts'
import type { EncodedBlend } from './blend-and-encode.ts'
import type { ConnectTracksInput } from './connect-tracks.ts'
import type { FoundSuspect } from './find-suspects.ts'
import type { FormatLabelsInput } from './format-labels.ts'
import type { ExplainSectionInput, FindRepeatsInput } from './look-into-track.ts'
import type { LookedThrough, LookThroughInput } from './look-through.ts'
import type { MatchMomentsInput } from './match-moments.ts'
import type { OpenBundleInput } from './open-bundle.ts'
import type { PlanLabelsInput } from './plan-labels.ts'
import type { FitBetween, FitBetweenInput, PlanPoolInput } from './plan-pool.ts'
import type { LabelFilesInput } from './read-label-files.ts'
import type { ReadSectionsInput } from './read-sections.ts'
import type { MixProgress, RenderDeckInput, RenderMixInput } from './render-sound.ts'
import type { ReadProgress } from './serato-tags.ts'
import type { SettleTracksInput } from './settle-tracks.ts'
import type { MeasureSoundsInput, SoundScaleInput, SoundsPiece } from './sound-tables.ts'
import { nothing, type Task } from './task.ts'
import type { TrainedModel, TrainingTaskProgress } from './train-and-encode.ts'
import type { WriteLibraryInput, WrittenLibrary } from './write-library.ts'

const readSections: Task<ReadSectionsInput, readonly Section[]> = {
  run: async (input) => (await import('./read-sections.ts')).readSections(input),
  transfer: nothing,
}

const explainSection: Task<ExplainSectionInput, SectionExplanation> = {
  run: async (input) => (await import('./look-into-track.ts')).explainSection(input),
  transfer: nothing,
}

const findRepeats: Task<FindRepeatsInput, readonly Repeat[]> = {
  run: async (input) => (await import('./look-into-track.ts')).findRepeats(input),
  transfer: nothing,
}

const checkLabels: Task<CheckedTrack, readonly LabelFlaw[]> = {
  run: async (track) => (await import('./look-into-track.ts')).checkLabels(track),
  transfer: nothing,
}

const findSuspects: Task<SuspectRequest, readonly FoundSuspect[] | null, number> = {
  run: async (input, context) => (await import('./find-suspects.ts')).findSuspects(input, context),
  transfer: nothing,
}

const answerLabels: Task<AnswerLabelsInput, readonly (readonly Float32Array[])[]> = {
  run: async (input) => (await import('./answer-labels.ts')).answerLabels(input),
  transfer: nothing,
}

const openBundle: Task<OpenBundleInput, OpenedBundle> = {
  run: async (input) => (await import('./open-bundle.ts')).openBundle(input),
  transfer: ({ onnx }) => [onnx.buffer as ArrayBuffer],
}

const trainSections: Task<TrainingInput, TrainedModel, TrainingTaskProgress> = {
  run: async (input, context) => (await import('./train-and-encode.ts')).trainAndEncode(input, context),
  transfer: ({ onnx }) => [onnx.buffer as ArrayBuffer],
}

const blendModels: Task<BlendRequest, EncodedBlend | null> = {
  run: async (input) => (await import('./blend-and-encode.ts')).blendAndEncode(input),
  transfer: (blend) => (blend === null ? [] : [blend.onnx.buffer as ArrayBuffer]),
}

const keepSounds: Task<SoundsPiece, void> = {
  run: async (piece) => (await import('./sound-tables.ts')).keepSounds(piece),
  transfer: nothing,
}

const measureSounds: Task<MeasureSoundsInput, Float32Array | null> = {
  run: async (input) => (await import('./sound-tables.ts')).measureSounds(input),
  transfer: (distances) => (distances === null ? [] : [distances.buffer as ArrayBuffer]),
}

const soundScale: Task<SoundScaleInput, SoundScale | null> = {
  run: async (input) => (await import('./sound-tables.ts')).soundScale(input),
  transfer: nothing,
}

const matchMoments: Task<MatchMomentsInput, readonly (readonly MatchingMoment[] | null)[]> = {
  run: async (input) => (await import('./match-moments.ts')).matchMoments(input),
  transfer: nothing,
}

const lookThrough: Task<LookThroughInput, readonly LookedThrough[], ReadProgress> = {
  run: async (input, context) => (await import('./look-through.ts')).lookThrough(input, context),
  transfer: nothing,
}

const writeLibrary: Task<WriteLibraryInput, WrittenLibrary> = {
  run: async (input) => (await import('./write-library.ts')).writeLibrary(input),
  transfer: ({ files }) => files.map(({ bytes }) => bytes.buffer as ArrayBuffer),
}

const planPool: Task<PlanPoolInput, PlannedSet> = {
  run: async (input) => (await import('./plan-pool.ts')).planPool(input),
  transfer: nothing,
}

const connectTracks: Task<ConnectTracksInput, TransitionGraph, number> = {
  run: async (input, { report }) =>
    (await import('./connect-tracks.ts')).connectTracks(input, atSteps(input.pool.count, report)),
  transfer: ({ transitions: { from, to, score } }) => [from, to, score].map(({ buffer }) => buffer as ArrayBuffer),
}

const settleTracks: Task<SettleTracksInput, Float64Array> = {
  run: async (input) => (await import('./settle-tracks.ts')).settleTracks(input),
  transfer: ({ buffer }) => [buffer as ArrayBuffer],
}

const fitBetween: Task<FitBetweenInput, FitBetween> = {
  run: async (input) => (await import('./plan-pool.ts')).fitBetween(input),
  transfer: nothing,
}

const readLabelFiles: Task<LabelFilesInput, PackedLabels> = {
  run: async (input) => (await import('./read-label-files.ts')).readLabelFiles(input),
  transfer: ({ pieces, labels }) => [...pieces, labels].map(({ buffer }) => buffer as ArrayBuffer),
}

const planLabels: Task<PlanLabelsInput, LabelImportPlan> = {
  run: async (input) => (await import('./plan-labels.ts')).planLabels(input),
  transfer: nothing,
}

const formatLabels: Task<FormatLabelsInput, Uint8Array> = {
  run: async (input) => (await import('./format-labels.ts')).formatLabels(input),
  transfer: (bytes) => [bytes.buffer as ArrayBuffer],
}

const renderMix: Task<RenderMixInput, number, MixProgress> = {
  run: async (input, context) => (await import('./render-sound.ts')).renderMixFile(input, context),
  transfer: nothing,
}

const renderDeck: Task<RenderDeckInput, Uint8Array> = {
  run: async (input, context) => (await import('./render-sound.ts')).renderDeckFile(input, context),
  transfer: (bytes) => [bytes.buffer as ArrayBuffer],
}

/** Everything that a thread can do. A thread loads a task's code when it first runs it. */
export const tasks = {
  ...audioTasks,
  readSections,
  explainSection,
  findRepeats,
  checkLabels,
  findSuspects,
  answerLabels,
  openBundle,
  trainSections,
  blendModels,
  keepSounds,
  measureSounds,
  soundScale,
  matchMoments,
  lookThrough,
  writeLibrary,
  planPool,
  connectTracks,
  settleTracks,
  fitBetween,
  readLabelFiles,
  planLabels,
  formatLabels,
  renderMix,
  renderDeck,
} as const

export type TaskName = keyof typeof tasks
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]['run']>[0]
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]['run']>>
export type TaskProgress<Name extends TaskName> = Parameters<Parameters<(typeof tasks)[Name]['run']>[1]['report']>[0]

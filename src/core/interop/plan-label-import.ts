/** @file Plans what becomes of the labels in files on one track. It is pure, so that a dry run is the plan without the writing. */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { type LabelGround, planAddedLabels } from '../labels/plan-added-labels.ts'
import type { EditedLabel } from '../labels/stored-label.ts'
import type { LabelRequest } from '../labels/validate-label.ts'
import { type ErrorReport, toErrorReport, UserError } from '../support/user-error.ts'
import type { BarPosition, ForeignLabel } from './labelled-track.ts'

export type ImportTally = {
  readonly imported: number
  /** Labels that existed already. */
  readonly unchanged: number
  /** Labels whose names are not section kinds, or that the file itself marks as doubtful. */
  readonly skipped: number
}

/** The outcome of the labels of one file. */
export type ImportOutcome = {
  readonly tally: ImportTally
  /** Names of labels that were skipped because they are no section kinds, each once. */
  readonly unknownNames: readonly string[]
  /** Labels that were skipped because the file marks them as doubtful. */
  readonly doubtful: number
  /** Labels that were refused, and why. */
  readonly refused: readonly { readonly label: string; readonly error: ErrorReport }[]
  readonly warnings: readonly string[]
}

export type LabelImportPlan = {
  /** All labels of the track after the import. */
  readonly labels: readonly EditedLabel[]
  /** For each file, in the order given. */
  readonly outcomes: readonly ImportOutcome[]
}

const beatOfBar = ({ bar, beat }: BarPosition, { firstDownbeat, beatsPerBar }: BeatGrid): number =>
  Math.round(firstDownbeat + bar * beatsPerBar + beat)

/** A last marker without an end reaches to the end of the track. */
const requestOf = (foreign: ForeignLabel, grid: BeatGrid): LabelRequest => {
  if (foreign.bars !== undefined) {
    const { start, end } = foreign.bars
    const endBeat = end === null ? grid.beatCount : beatOfBar(end, grid)
    return { kind: foreign.kind, source: foreign.source ?? 'imported', startBeat: beatOfBar(start, grid), endBeat }
  }
  const hasEnd = foreign.endBeat !== null || foreign.endSeconds !== null
  return {
    kind: foreign.kind,
    source: foreign.source ?? 'imported',
    startBeat: foreign.startBeat,
    endBeat: hasEnd ? foreign.endBeat : grid.beatCount,
    startSeconds: foreign.startSeconds,
    endSeconds: foreign.endSeconds,
  }
}

const describe = ({ name, startBeat, endBeat, startSeconds, endSeconds, bars }: ForeignLabel): string => {
  if (bars) return `${name} from bar ${bars.start.bar + 1}`
  return startBeat === null ? `${name} ${startSeconds}–${endSeconds} s` : `${name} ${startBeat}–${endBeat}`
}

const LONGEST_SHOWN_NAME = 40

type Step = Omit<LabelImportPlan, 'outcomes'> & ImportOutcome

const takeOne = (step: Step, foreign: ForeignLabel, { overlap, ...ground }: Ground): Step => {
  try {
    const requests = [requestOf(foreign, ground.grid)]
    const plan = planAddedLabels({ ...ground, labels: step.labels }, requests, { overlap, keepEqual: true })
    const { imported, unchanged, skipped } = step.tally
    return {
      ...step,
      labels: plan.labels,
      tally: { imported: imported + plan.asked.length, unchanged: unchanged + plan.unchanged.length, skipped },
      warnings: [...step.warnings, ...plan.warnings.map(({ message }) => `${foreign.name}: ${message}`)],
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { ...step, refused: [...step.refused, { label: describe(foreign), error: toErrorReport(error) }] }
  }
}

type Ground = Omit<LabelGround, 'labels'> & { readonly overlap: 'refuse' | 'trim' }

const takeFile = (labels: readonly EditedLabel[], file: readonly ForeignLabel[], ground: Ground): Step => {
  const usable = file.filter(({ kind, isDoubtful }) => kind !== null && !isDoubtful)
  const nothing = { imported: 0, unchanged: 0, skipped: file.length - usable.length }
  const unknown = file.filter(({ kind, isDoubtful }) => kind === null && !isDoubtful)
  return usable.reduce<Step>((step, foreign) => takeOne(step, foreign, ground), {
    labels,
    tally: nothing,
    unknownNames: [...new Set(unknown.map(({ name }) => name.slice(0, LONGEST_SHOWN_NAME) || '(no name)'))],
    doubtful: file.filter(({ isDoubtful }) => isDoubtful).length,
    refused: [],
    warnings: [],
  })
}

/** Takes the labels of files one after the other; a wrong one does not keep the others out. */
export const planLabelImport = (
  { labels: existing, ...ground }: LabelGround & Pick<Ground, 'overlap'>,
  files: readonly (readonly ForeignLabel[])[],
): LabelImportPlan =>
  files.reduce<LabelImportPlan>(
    ({ labels: before, outcomes }, file) => {
      const { labels, ...outcome } = takeFile(before, file, ground)
      return { labels, outcomes: [...outcomes, outcome] }
    },
    { labels: existing, outcomes: [] },
  )

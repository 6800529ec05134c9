import { countText } from '../core/units/count-text.ts'
import { percentText } from '../core/units/percent-text.ts'
import type { ModelCard } from '../engine/versions/model-card.ts'
import { formatTable } from './table.ts'

type Scoreboard = ModelCard['scoreboard']
type ScoreLine = Scoreboard['model']

export const percent = (share: number): string => percentText(share)
const bandOf = ({ low, high }: ScoreLine['accuracyBand']): string =>
  [low, high].map((end) => percentText(end, 0).replace(' %', '')).join('–')

const lineCells = (name: string, line: ScoreLine): readonly (string | number | null)[] => [
  name,
  percent(line.accuracy),
  bandOf(line.accuracyBand),
  percent(line.macroF1),
  bandOf(line.macroF1Band),
  line.calibrationError === null ? null : line.calibrationError.toFixed(3),
  line.samples,
]

const comparison = ({ model, baselines, previous }: Scoreboard): readonly string[] =>
  formatTable(
    ['', 'accuracy', '90 %', 'macro-F1', '90 %', 'ECE', 'labels'],
    [
      lineCells('this model', model),
      ...baselines.map((line) => lineCells(line.name, line)),
      ...(previous ? [lineCells(previous.line.name, previous.line)] : []),
      ...(previous && previous.line.samples !== model.samples
        ? [lineCells('this model, same labels', previous.modelOnSame)]
        : []),
    ],
  )

const classes = ({ kinds, scores }: Scoreboard): readonly string[] =>
  formatTable(
    ['section', 'precision', 'recall', 'F1', 'labels'],
    kinds.map((kind, index) => {
      const { precision, recall, f1, support } = scores.classes[index]!
      return [kind, percent(precision), percent(recall), percent(f1), support]
    }),
  )

const confusion = ({ kinds, scores }: Scoreboard): readonly string[] =>
  formatTable(
    ['labelled ↓ read →', ...kinds],
    kinds.map((kind, index) => [kind, ...scores.confusion[index]!]),
  )

/** What could be used instead, those that do better first; of what needs no model only what does better. */
const rivalLines = ({ rivals }: Scoreboard): readonly string[] =>
  rivals
    .filter(({ version, duel }) => duel !== null && (version !== null || duel.verdict === 'worse'))
    .map(({ duel, text }) => `${duel!.verdict === 'worse' ? '! ' : ''}${text}`)

const knownLines = ({ knownToBase }: Scoreboard): readonly string[] =>
  knownToBase.length === 0
    ? []
    : [`v0 may have learnt from ${knownToBase.length} of these tracks, so it is compared on the others.`]

const adviceLines = ({ advice }: Scoreboard): readonly string[] => {
  const others = advice.filter(({ code }) => code !== 'BETTER_MODEL')
  return others.length > 0 ? ['', ...others.map(({ text }) => `! ${text}`)] : []
}

/** Scores of a model on tracks it had not seen, beside the baselines. */
export const scoreboardLines = (scoreboard: Scoreboard): readonly string[] => [
  ...rivalLines(scoreboard),
  ...knownLines(scoreboard),
  `Measured on ${countText(scoreboard.tracks)}, each by models that never saw it:`,
  '',
  ...comparison(scoreboard),
  ...(scoreboard.previousReason ? [`Previous version: ${scoreboard.previousReason}`] : []),
  '',
  ...classes(scoreboard),
  '',
  ...confusion(scoreboard),
  ...adviceLines(scoreboard),
]

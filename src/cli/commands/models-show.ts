import type { Command } from 'commander'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { percentText } from '../../core/units/percent-text.ts'
import type { VersionJudgement } from '../../engine/versions/judge-versions.ts'
import type { ModelDetails } from '../../engine/versions/model-operations.ts'
import { parseModelVersion } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { percent, scoreboardLines } from '../scoreboard-lines.ts'

const madeLine = ({ card, shipped, createdAt }: ModelDetails): string => {
  const made = createdAt.slice(0, 16).replace('T', ' ')
  if (card === null)
    return `made ${made} from ${shipped!.openTracks} openly licensed and ${shipped!.generatedTracks} generated tracks`
  const counts = `${countText(card.scoreboard.scores.samples, 'label')} of ${countText(card.scoreboard.tracks)}`
  const seconds = `${card.trainingSeconds.toFixed(1)} s, seed ${card.seed}, ${card.epochs} epochs`
  const begun = `started ${card.lineage.base === null ? 'from scratch' : 'from the shipped model'}`
  const imported = card.imported === null ? '' : `, imported; its maker called it v${card.imported.version}`
  if (card.blend !== null)
    return `blended ${made} of v${card.blend.own} and v${card.blend.other}, which has ${percentText(card.blend.share, 0)} of the say, by ${counts}${imported}`
  return `trained ${made} on ${counts} in ${seconds}, ${begun}${imported}`
}

const modelLines = (model: ModelDetails): readonly string[] => {
  const name = model.name === null ? '' : ` "${printable(model.name)}"`
  return [
    `v${model.version}${name}${model.isActive ? ' (active)' : ''}, ${madeLine(model)}`,
    ...(model.notes === null ? [] : [printable(model.notes)]),
    printable(model.modelPath),
  ]
}

/** Figures on the labels of this library, where those in the card are not. */
const judgementLines = (judged: VersionJudgement | null, { origin }: ModelDetails): readonly string[] => {
  if (judged === null || origin === 'trained' || origin === 'blend') return []
  const { figures, mayKnow } = judged
  const known =
    mayKnow.length === 0
      ? []
      : [
          `It may have learnt from ${mayKnow.length} of your labelled tracks: ${mayKnow
            .slice(0, 10)
            .map(({ title }) => printable(title))
            .join(', ')}${mayKnow.length > 10 ? ' …' : ''}`,
        ]
  const line =
    figures === null
      ? 'On your labels: not measured, because there are none that it cannot have learnt from.'
      : `On your labels: ${percent(figures.accuracy)} right (90 % band ${percent(figures.accuracyBand.low)} to ${percent(figures.accuracyBand.high)}), macro-F1 ${percent(figures.f1Score)}, ${countText(figures.labels, 'label')} of ${countText(figures.tracks)}`
  const makers = origin === 'imported' ? ['', "Its maker's own figures:"] : []
  return ['', line, ...known, ...judged.rivals.map(({ text }) => text), ...makers]
}

export const modelsShow = (cli: Cli): Command =>
  cli
    .command({
      name: 'show',
      description: 'Show how good a version is and what it was made from.',
      examples: ['algiers models show v3', 'algiers models show 3 --json'],
    })
    .argument('<version>', 'number of the version, e.g. v3', parseModelVersion)
    .action(
      cli.run(async (terminal, _options: object, version: number) =>
        cli.withApp(async (app) => {
          const model = await app.versions.show(version)
          const judged = (await app.versions.judge()).find((one) => one.version === version) ?? null
          terminal.result({ model: snakeCase(model), on_your_labels: judged && snakeCase(judged) }, () => [
            ...modelLines(model),
            ...judgementLines(judged, model),
            ...(model.card === null ? [] : ['', ...scoreboardLines(model.card.scoreboard)]),
          ])
        }),
      ),
    )

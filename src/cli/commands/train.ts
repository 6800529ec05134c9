import { type Command, InvalidArgumentError } from 'commander'
import { isSectionKind, type SectionKind } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import type { ModelCard } from '../../engine/versions/model-card.ts'
import type { TrainProgress } from '../../engine/versions/train-model.ts'
import { parsePositiveInteger, parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { withProgressBar } from '../progress-bar.ts'
import { scoreboardLines } from '../scoreboard-lines.ts'

type Options = {
  readonly exclude?: readonly SectionKind[]
  readonly seed?: number
  readonly epochs?: number
  readonly timeout?: number
  readonly learningCurve?: boolean
  readonly activate?: boolean
}

const parseKinds = (text: string, before: readonly SectionKind[] = []): readonly SectionKind[] => {
  const kinds = text.split(',').map((kind) => kind.trim())
  const unknown = kinds.find((kind) => !isSectionKind(kind))
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is not a section kind.`)
  return [...before, ...(kinds as SectionKind[])]
}

export const trainingText = ({ stage, report }: TrainProgress): string =>
  report === null
    ? stage
    : `${report.stage} epoch ${report.epoch}/${report.totalEpochs} loss ${report.trainLoss.toFixed(4)}`

const closingLines = ({ version, scoreboard }: ModelCard, isActive: boolean): readonly string[] => {
  const better = scoreboard.rivals.find((rival) => rival.version !== null && rival.duel?.verdict === 'worse')
  const usable = better && `${better.name} does better on your labels.`
  if (isActive)
    return [`v${version} is active.${usable ? ` ${usable} Go back with: algiers models activate ${better.name}` : ''}`]
  return [
    usable
      ? `${usable} To use v${version} anyway: algiers models activate v${version}`
      : `Use it with: algiers models activate v${version}`,
  ]
}

export const train = (cli: Cli): Command =>
  cli
    .command({
      name: 'train',
      description: 'Train a section model on your labels, measure it honestly, and keep it as a new version.',
      examples: [
        'algiers train',
        'algiers train --exclude build --activate',
        'algiers train --seed 7 --timeout 1200 --json',
      ],
    })
    .option('--exclude <kinds>', 'leave out these section kinds (repeat, or separate with commas)', parseKinds)
    .option('--seed <number>', 'the same labels and seed give the same model', parseWholeNumber)
    .option('--epochs <count>', 'the most rounds to train for', parsePositiveInteger)
    .option('--timeout <seconds>', 'stop the training after this time', parsePositiveInteger)
    .option('--learning-curve', 'also measure what more labels would be worth')
    .option('--activate', 'use the new version from now on')
    .action(
      cli.run(async (terminal, { timeout, activate, ...options }: Options) =>
        cli.withApp(async (app) => {
          const { card, labelsWithoutAudio } = await withProgressBar(terminal, 'Training', (update) =>
            app.versions.train({
              ...options,
              ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
              signal: terminal.signal,
              onProgress: (progress, fraction) => update(fraction, trainingText(progress)),
            }),
          )
          if (activate) await app.versions.activate(card.version)
          if (labelsWithoutAudio > 0)
            terminal.note(
              `${countText(labelsWithoutAudio, 'label')} left out: the files of their tracks cannot be reached.`,
            )
          const model = await app.versions.show(card.version)
          const { words } = await app.labelling.teaching.progress()
          terminal.result({ model: snakeCase(model), labels_without_audio: labelsWithoutAudio }, () => [
            `v${card.version}: ${card.lineage.labels.length} labels, ${card.epochs} epochs, ${card.trainingSeconds.toFixed(1)} s`,
            ...scoreboardLines(card.scoreboard),
            ...(card.learningCurve ? ['', ...card.learningCurve.words] : []),
            ...(words.length > 0 ? ['', ...words] : []),
            '',
            ...closingLines(card, activate === true),
          ])
        }),
      ),
    )

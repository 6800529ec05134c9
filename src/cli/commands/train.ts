import { type Command, InvalidArgumentError } from 'commander'
import { isSectionKind, type SectionKind } from '../../core/labels/section-kind.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { percentText } from '../../core/units/percent-text.ts'
import type { ModelCard } from '../../engine/versions/model-card.ts'
import type { TrainProgress } from '../../engine/versions/train-model.ts'
import { parsePositiveInteger, parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { printable } from '../printable.ts'
import { withProgressBar } from '../progress-bar.ts'
import { scopeOf } from '../scope-reference.ts'
import { scoreboardLines } from '../scoreboard-lines.ts'

type Options = {
  readonly exclude?: readonly SectionKind[]
  readonly seed?: number
  readonly epochs?: number
  readonly timeout?: number
  readonly learningCurve?: boolean
  readonly activate?: boolean
  readonly scope?: readonly string[]
  readonly scopes?: boolean
  readonly general?: boolean
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

const ownKindLines = ({ ownKinds }: ModelCard): readonly string[] =>
  ownKinds.flatMap(({ kind, classes, accuracy, majority, isLearnt }) => {
    const names = classes.flatMap(({ own, labels }) => (own === null ? [] : [`${own.name} (${labels})`]))
    if (names.length === 0) return []
    const right =
      accuracy === null
        ? ''
        : `, ${percentText(accuracy)} right, against ${percentText(majority)} for the most frequent`
    return ['', printable(`${isLearnt ? 'Learnt' : 'Not learnt'} within ${kind}: ${names.join(', ')}${right}`)]
  })

export const train = (cli: Cli): Command =>
  cli
    .command({
      name: 'train',
      description: 'Train a section model on your labels, measure it honestly, and keep it as a new version.',
      examples: [
        'algiers train',
        'algiers train --exclude build --activate',
        'algiers train --scopes --activate',
        'algiers train --scope Techno --no-general',
        'algiers train --seed 7 --timeout 1200 --json',
      ],
    })
    .option('--exclude <kinds>', 'leave out these section kinds (repeat, or separate with commas)', parseKinds)
    .option('--seed <number>', 'the same labels and seed give the same model', parseWholeNumber)
    .option('--epochs <count>', 'the most rounds to train for', parsePositiveInteger)
    .option('--timeout <seconds>', 'stop the training after this time', parsePositiveInteger)
    .option('--learning-curve', 'also measure what more labels would be worth')
    .option(
      '--scope <name>',
      'train for this scope, too (repeat for several)',
      (name, before: readonly string[] = []) => [...before, name],
    )
    .option('--scopes', 'train for all scopes, too')
    .option('--no-general', 'train for the scopes alone')
    .option('--activate', 'use the new version from now on')
    .action(
      cli.run(async (terminal, { timeout, activate, scope: names = [], scopes, general, ...options }: Options) =>
        cli.withApp(async (app) => {
          const named = scopes
            ? await app.versions.scopes.list()
            : await Promise.all(names.map((name) => scopeOf(app, name)))
          const trained = await withProgressBar(terminal, 'Training', (update) =>
            app.versions.trainVersions({
              ...options,
              scopes: named.map(({ id }) => id),
              general,
              ...(timeout === undefined ? {} : { timeoutSeconds: timeout }),
              signal: terminal.signal,
              onProgress: (progress, fraction) => update(fraction, trainingText(progress)),
            }),
          )
          const { card, labelsWithoutAudio } = trained.general ?? {
            card: trained.scoped.find((one) => one.card !== null)!.card!,
            labelsWithoutAudio: 0,
          }
          if (activate && trained.general !== null) await app.versions.activate(card.version)
          const proven = trained.scoped.flatMap((one) => (one.isProven && one.card !== null ? [one.card.version] : []))
          if (activate) for (const version of proven) await app.versions.activate(version)
          if (labelsWithoutAudio > 0)
            terminal.note(
              `${countText(labelsWithoutAudio, 'label')} left out: the files of their tracks cannot be reached.`,
            )
          const model = await app.versions.show(card.version)
          const scoped = trained.scoped.map(({ card: made, ...one }) => ({ ...one, version: made?.version ?? null }))
          const { words } = await app.labelling.teaching.progress()
          const document = {
            model: snakeCase(model),
            labels_without_audio: labelsWithoutAudio,
            scopes: snakeCase(scoped),
          }
          terminal.result(document, () => [
            `v${card.version}: ${card.lineage.labels.length} labels, ${card.epochs} epochs, ${card.trainingSeconds.toFixed(1)} s`,
            ...scoreboardLines(card.scoreboard),
            ...ownKindLines(card),
            ...(card.learningCurve ? ['', ...card.learningCurve.words] : []),
            ...scoped.flatMap(({ version, text, name }) => [
              '',
              printable(version === null ? `${name}: no model. ${text}` : `v${version}, for ${name}. ${text}`),
            ]),
            ...(words.length > 0 ? ['', ...words] : []),
            '',
            ...closingLines(card, activate === true && (trained.general !== null || proven.includes(card.version))),
          ])
        }),
      ),
    )

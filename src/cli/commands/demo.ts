import { join } from 'node:path'
import type { Command } from 'commander'
import type { App } from '../../app.ts'
import type { TimedKind } from '../../core/evaluation/agreement.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { preciseClock } from '../../core/units/clock.ts'
import { countText } from '../../core/units/count-text.ts'
import type { DemoTrack } from '../../demo/demo-library.ts'
import { parseNumber, parseWholeNumber } from '../argument-parsers.ts'
import type { Cli } from '../cli.ts'
import { kindText } from '../kind-text.ts'
import { withProgressBar } from '../progress-bar.ts'
import { percent, scoreboardLines } from '../scoreboard-lines.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { progressText } from './library-scan.ts'
import { trainingText } from './train.ts'

/** With fewer tracks some kind would lack the ten labels that training needs. */
const FEWEST_TRACKS = 18
const parseTrackCount = (text: string): number =>
  parseNumber(text, (value) => Number.isInteger(value) && value >= FEWEST_TRACKS, `${FEWEST_TRACKS} or more`)

type Options = { readonly folder?: string; readonly count: number; readonly seed: number }

type HeldBackTrack = {
  readonly id: string
  readonly agreement: number
  readonly truth: readonly TimedKind[]
  readonly sections: readonly TimedKind[]
}

/** Lists planned and found sections side by side, in order of time. */
const trackLines = ({ id, agreement, truth, sections }: HeldBackTrack): readonly string[] => {
  const cells = (spans: readonly TimedKind[], index: number): readonly [string, string] => {
    const span = spans[index]
    return span ? [`${preciseClock(span.start)}–${preciseClock(span.end)}`, kindText(span.kind)] : ['', '']
  }
  const rows = Array.from({ length: Math.max(truth.length, sections.length) }, (_, index) => [
    ...cells(truth, index),
    ...cells(sections, index),
  ])
  return [
    '',
    `${id}: ${percent(agreement)} of the time right`,
    ...formatTable(['truth', '', 'found', ''], rows).map((line) => `  ${line}`),
  ]
}

const prepare = async (app: App, terminal: Terminal, music: string): Promise<void> => {
  await app.collection.addRoot(music)
  const { failures } = await withProgressBar(terminal, 'Analysing ', (update) =>
    app.collection.scan({
      // A demo of an older version may lie there, and the demo shows what this version makes of it.
      newGrids: true,
      signal: terminal.signal,
      onProgress: (progress, fraction) => update(fraction, progressText(progress)),
    }),
  )
  if (failures[0]) throw new Error(`${failures[0].file}: ${failures[0].error.detail}`)
}

const readHeldBack = async (app: App, terminal: Terminal, tracks: readonly DemoTrack[]): Promise<HeldBackTrack[]> => {
  const { agreement } = await import('../../core/evaluation/agreement.ts')
  const { readTruth, timedSections } = await import('../../demo/held-back.ts')
  const read: HeldBackTrack[] = []
  for (const track of tracks) {
    const { reading } = await app.reading.readTrackOrFile(track.audioPath, { signal: terminal.signal })
    const truth = readTruth(track)
    const sections = timedSections(reading)
    read.push({ id: track.id, agreement: agreement(truth, sections), truth, sections })
  }
  return read
}

export const demo = (cli: Cli): Command =>
  cli
    .command({
      name: 'demo',
      description:
        'Generate dance tracks with known sections, learn from two thirds of them, and find the sections of the rest.',
      examples: ['algiers demo', 'algiers demo --count 18 --folder /tmp/algiers-demo'],
    })
    .option(
      '--folder <path>',
      'where the tracks and their library go (default: a cache folder); your own library is not touched',
    )
    .option('--count <tracks>', `how many tracks, ${FEWEST_TRACKS} or more`, parseTrackCount, 24)
    .option('--seed <number>', 'a different seed makes different tracks', parseWholeNumber, 1)
    .action(
      cli.run(async (terminal, { folder, count, seed }: Options) => {
        const { default: envPaths } = await import('env-paths')
        const { writeDemoLibrary } = await import('../../demo/demo-library.ts')
        const { splitDemo } = await import('../../demo/held-back.ts')
        // Each seed and count has a library of its own, so that labels of one never leak into held-back tracks of
        // another.
        const home = join(
          folder ?? join(envPaths('algiers', { suffix: '' }).cache, 'demo'),
          `${count}-tracks-seed-${seed}`,
        )
        const music = join(home, 'music')
        const started = performance.now()
        terminal.note(`The demo is in ${home}`)
        const tracks = await withProgressBar(terminal, 'Generating', (update) =>
          writeDemoLibrary(music, {
            count,
            seed,
            signal: terminal.signal,
            onProgress: (fraction) => update(fraction, `${Math.round(fraction * count)}/${count}`),
          }),
        )
        const { labelled, heldBack } = splitDemo(tracks)
        await cli.withApp(
          async (app) => {
            await prepare(app, terminal, music)
            const imported = await app.exchange.import(
              labelled.map(({ truthPath }) => truthPath),
              { overlap: 'trim' },
            )
            terminal.note(`${countText(labelled.length)} labelled from the known truth, ${heldBack.length} held back`)
            const { card } = await withProgressBar(terminal, 'Training  ', (update) =>
              app.versions.train({
                seed,
                signal: terminal.signal,
                onProgress: (progress, fraction) => update(fraction, trainingText(progress)),
              }),
            )
            await app.versions.activate(card.version)
            const read = await readHeldBack(app, terminal, heldBack)
            const right = read.reduce((sum, track) => sum + track.agreement, 0) / read.length
            const seconds = (performance.now() - started) / 1000
            terminal.result(
              snakeCase({
                folder: home,
                seconds,
                imported,
                model: await app.versions.show(card.version),
                heldBack: read,
                heldBackAgreement: right,
              }),
              () => [
                `v${card.version}: trained on ${countText(card.lineage.labels.length, 'label')} of ${countText(card.lineage.tracks.length)} in ${card.trainingSeconds.toFixed(1)} s`,
                ...scoreboardLines(card.scoreboard),
                '',
                `The ${read.length} held-back tracks, never labelled, beside the truth:`,
                ...read.flatMap(trackLines),
                '',
                `${percent(right)} of the time right on held-back tracks, ${seconds.toFixed(0)} s in all`,
              ],
            )
          },
          { dataDir: join(home, 'data') },
        )
      }),
    )

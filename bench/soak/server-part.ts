import type { Report } from './report.ts'
import { type ServerReport, serverTrial } from './server-trial.ts'

const SERVER_ROUNDS = 3

export const tellServer = async ({ list }: { readonly list: number }, { tell, expectThat }: Report): Promise<void> => {
  const rounds: ServerReport[] = []
  while (rounds.length < SERVER_ROUNDS) rounds.push(await serverTrial(list))
  type Figure = 'readyMs' | 'exitMs' | 'listP99Ms' | 'labelP99Ms' | 'eventP99Ms'
  const inOrder = (figure: Figure): readonly number[] => rounds.map((round) => round[figure]).toSorted((a, b) => a - b)
  const median = (figure: Figure): number => inOrder(figure)[Math.floor(rounds.length / 2)]!
  const show = (figure: Figure): string =>
    `${median(figure).toFixed(0)} ms (${inOrder(figure)[0]!.toFixed(0)}–${inOrder(figure).at(-1)!.toFixed(0)})`
  tell(`medians of ${rounds.length} runs, least and most in brackets:`)
  expectThat(
    median('readyMs') <= 1500 && median('exitMs') <= 5000,
    `server over ${list} tracks: ready in ${show('readyMs')}, limit 1500; gone in ${show('exitMs')}, limit 5000`,
  )
  const decoders = rounds.flatMap((round) => round.decoders ?? [])
  expectThat(
    decoders.every(({ before, after }) => before > 0 && after === 0),
    `decoders that ran when it was told to end: ${decoders.map(({ before }) => before).join(', ')}; left over: ${decoders.map(({ after }) => after).join(', ')}`,
  )
  expectThat(
    rounds.every(({ wasBusy }) => wasBusy) && median('listP99Ms') <= 80 && median('labelP99Ms') <= 100,
    `while it analyses: p99 of a page ${show('listP99Ms')}, limit 80; of a label ${show('labelP99Ms')}, limit 100`,
  )
  expectThat(
    rounds.every(({ eventsLost }) => eventsLost === 0) && median('eventP99Ms') <= 150,
    `100 listeners, 10 events a second: p99 ${show('eventP99Ms')}, limit 150; ${rounds.map(({ eventsLost }) => eventsLost).join(', ')} lost`,
  )
}

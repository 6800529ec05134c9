/** What it costs to find the tracks of another DJ program in a library of ours. */
import { type ForeignTrack, UNKNOWN_FOREIGN_TRACK } from '../../src/core/interop/libraries/foreign-library.ts'
import { matchTracks, type OwnTrack, suggestMoves } from '../../src/core/interop/libraries/match-tracks.ts'
import { type BenchFigure, type Cost, costOf, medianCost } from './figures.ts'

const TRACKS = 20_000
const TIMES = 3
const MOST_SECONDS = 2

const pathOf = (at: number): string => `/Music/Artist ${at % 900}/Album ${at % 40}/Track ${at}.mp3`
const secondsOf = (at: number): number => 200 + (at % 300)

/** Half of them where they are, a quarter on a drive that has moved, an eighth under another name, an eighth not ours. */
const foreignTracks = (): readonly ForeignTrack[] =>
  Array.from({ length: TRACKS }, (_, at) => ({
    ...UNKNOWN_FOREIGN_TRACK,
    key: String(at),
    location: {
      path: at % 4 === 3 ? `D:/Old${pathOf(at)}` : at % 8 === 1 ? `/other/${at}.mp3` : pathOf(at),
      from: 'root',
      streaming: null,
    },
    title: at % 8 === 5 ? `Unknown ${at}` : `Title ${at}`,
    durationSeconds: secondsOf(at),
  }))

const ownTracks = (): readonly OwnTrack[] =>
  Array.from({ length: TRACKS }, (_, at) => ({
    id: at + 1,
    paths: [`/Volumes/New${pathOf(at)}`],
    sizes: [1_000_000 + at],
    title: `Title ${at}`,
    artist: null,
    durationSeconds: secondsOf(at),
  }))

export const benchMatching = async (): Promise<readonly BenchFigure[]> => {
  const [foreign, own] = [foreignTracks(), ownTracks()]
  const costs: Cost[] = []
  for (let time = 0; time < TIMES; time++) costs.push(await costOf(() => suggestMoves(matchTracks(foreign, own), own)))
  const { wallMilliseconds, cpuMilliseconds } = medianCost(costs)
  return [
    {
      measure: 'DJ library, matching',
      value: wallMilliseconds / 1000,
      unit: 's',
      target: MOST_SECONDS,
      note: `${TRACKS.toLocaleString('en-GB')} tracks against as many, ${(cpuMilliseconds / 1000).toFixed(2)} s of processor time; median of ${TIMES}`,
    },
  ]
}

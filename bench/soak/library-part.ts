import { libraryTrial } from './library-trial.ts'
import type { Report } from './report.ts'

const FIRST_SECTIONS_LIMIT_SECONDS = 60
const FIRST_TABLE_LIMIT_MS = 500
const LONGEST_TASK_LIMIT_MS = 200
/** Four jobs at once tell of their progress ten times a second at most, and each track of two things. */
const EVENTS_LIMIT_A_SECOND = 50
const IDLE_LIMIT = 0.05
const LIBRARY_MEMORY_LIMIT_MEGABYTES = 500

export const tellLibrary = async ({ library }: { readonly library: number }, { expectThat }: Report): Promise<void> => {
  const life = await libraryTrial(library)
  const { longestTaskMs: tasks, firstPaintMs: paint, idleShare } = life
  expectThat(
    life.firstSectionsSeconds <= FIRST_SECTIONS_LIMIT_SECONDS,
    `${life.files} files put in: sections of the first ten after ${life.firstSectionsSeconds.toFixed(1)} s (limit ${FIRST_SECTIONS_LIMIT_SECONDS}), all listed after ${life.listedSeconds.toFixed(1)} s`,
  )
  expectThat(
    life.firstTableMs <= FIRST_TABLE_LIMIT_MS && (paint ?? 0) <= FIRST_TABLE_LIMIT_MS,
    `the first table while they are analysed: ${life.firstTableMs.toFixed(0)} ms, ${paint === null ? 'not painted, for want of a browser' : `painted in a browser after ${paint.toFixed(0)} ms`} (limit ${FIRST_TABLE_LIMIT_MS})`,
  )
  if (tasks)
    expectThat(
      tasks.takingOut <= LONGEST_TASK_LIMIT_MS && tasks.analysing <= LONGEST_TASK_LIMIT_MS,
      `longest task of the page: ${tasks.analysing.toFixed(0)} ms while they are analysed, ${tasks.takingOut.toFixed(0)} ms while the folder is taken out (limit ${LONGEST_TASK_LIMIT_MS})`,
    )
  expectThat(
    life.eventsASecond !== null && life.eventsASecond <= EVENTS_LIMIT_A_SECOND,
    `events while they are analysed: ${life.eventsASecond?.toFixed(1)} a second (limit ${EVENTS_LIMIT_A_SECOND})`,
  )
  const idle = idleShare === null ? 'unknown' : `${(100 * idleShare).toFixed(1)} %`
  expectThat(
    (idleShare ?? 0) <= IDLE_LIMIT,
    `at rest, all folders watched: ${idle} of a processor (limit ${100 * IDLE_LIMIT} %)`,
  )
  expectThat(
    (life.peakMegabytes ?? 0) <= LIBRARY_MEMORY_LIMIT_MEGABYTES,
    `${life.peakMegabytes?.toFixed(0) ?? 'unknown'} MB at most (limit ${LIBRARY_MEMORY_LIMIT_MEGABYTES}); the most of each part: ${life.memoryParts}`,
  )
  const left = Object.entries(life.leftBehind).map(([what, count]) => `${count} ${what}`)
  expectThat(
    left.length === 0 && life.similarGone === 0,
    `taken out amid their analysis in ${life.takenOutSeconds.toFixed(1)} s: ${left.length === 0 ? 'nothing' : left.join(', ')} left behind, ${life.similarGone} still found to sound alike`,
  )
}

import { expect, test } from 'vitest'
import { fullDiskTrial, readOnlyTrial } from './disk-trials.ts'
import { killTrials } from './kill-trials.ts'
import { libraryTrial } from './library-trial.ts'
import { migrationTrial } from './migration-trial.ts'
import { canMount } from './mounted.ts'
import { mutationTrial } from './mutation-trial.ts'
import { placeTrial } from './place-trial.ts'
import { powerTrials } from './power-trials.ts'
import { TRIAL_MODES } from './trial-protocol.ts'

/** A control finds something in most trials: forty without a find have not been seen. */
const CONTROL = { trials: 40, seed: 2, untilFound: true }

test.each(TRIAL_MODES)('killed without warning, at work on %s: nothing is lost, half done, or stuck', async (mode) => {
  const { trials, acknowledged, problems } = await killTrials({ mode, trials: 5, seed: 1 })
  expect(problems).toEqual([])
  expect(trials).toBe(5)
  expect(acknowledged).toBeGreaterThan(0)
})

test('the same trials find labels torn without transactions, and half a model without renaming', async () => {
  const torn = await killTrials({ ...CONTROL, mode: 'labels', control: 'transactions' })
  expect(torn.problems[0]).toMatch(/^trial \d+: track \d+ has /)
  const half = await killTrials({ ...CONTROL, mode: 'models', control: 'renaming' })
  expect(half.problems.join()).toMatch(/ is half: /)
})

const NO_MOUNTS = 'this user may not mount file systems'

test('after a power cut what was acknowledged is there; without syncing it is not', async ({ skip }) => {
  skip(!canMount(), NO_MOUNTS)
  for (const mode of TRIAL_MODES) {
    expect((await powerTrials({ mode, trials: 2, seed: 1 })).problems).toEqual([])
    const lost = await powerTrials({ ...CONTROL, mode, control: 'syncing' })
    expect(lost.problems).not.toEqual([])
  }
})

test('a full disk and a read-only one are told by their codes, and work goes on afterwards', async ({ skip }) => {
  skip(!canMount(), NO_MOUNTS)
  expect(await fullDiskTrial()).toEqual({
    codes: {
      label: 'STORAGE_FULL',
      setting: 'STORAGE_FULL',
      import: 'MODEL_EXPORT_FAILED',
      activate: 'STORAGE_FULL',
      job: 'STORAGE_FULL',
    },
    isStateIntact: true,
    worksAfterwards: true,
  })
  expect(await readOnlyTrial()).toEqual({
    codes: { open: 'DATA_DIR_UNWRITABLE' },
    isStateIntact: true,
    worksAfterwards: true,
  })
})

test('damaged files are each told what is wrong with them, and harm nobody else', async () => {
  const { analysed, codes, untold } = await mutationTrial(70)
  expect(untold).toEqual([])
  // Some damage spoils little: of a few the music is still there.
  expect(analysed).toBeGreaterThan(0)
  for (const code of Object.keys(codes)) expect(code).toMatch(/^(?:AUDIO|BEATS|DECODER)_/)
})

test('a library that is taken out amid its analysis leaves nothing behind, in no table, file or index', async () => {
  const { leftBehind, similarGone, firstSectionsSeconds } = await libraryTrial(40, false)
  expect({ leftBehind, similarGone }).toEqual({ leftBehind: {}, similarGone: 0 })
  expect(firstSectionsSeconds).toBeGreaterThan(0)
})

test('a library in odd places, and one killed amid a migration, are whole', async () => {
  const outcomes = [...(await placeTrial()), ...(await migrationTrial(4, 1))]
  expect(outcomes.filter(({ holds }) => !holds)).toEqual([])
  expect(outcomes.length).toBeGreaterThan(5)
})

import type { z } from 'zod'
import { create } from 'zustand'
import type { leftJobs } from '../../api/operations/session.ts'
import { client } from '../kit/client.ts'
import { notifyProblem } from '../kit/notices.tsx'
import { noteQuit } from './server-events.ts'

type LeftJobs = z.output<typeof leftJobs>['jobs']

/** The jobs that a quit would leave off, while the person is asked about them. */
export const useQuit = create<{ readonly left: LeftJobs | null }>(() => ({ left: null }))

export const keepRunning = (): void => useQuit.setState({ left: null })

export const quit = (): void => {
  keepRunning()
  client
    .quit()
    .then(() => noteQuit())
    .catch(notifyProblem)
}

/** Quits at once where nothing is left off by it. */
export const askToQuit = (): void => {
  client
    .leftJobs()
    .then(({ jobs }) => (jobs.length === 0 ? quit() : useQuit.setState({ left: jobs })))
    .catch(notifyProblem)
}

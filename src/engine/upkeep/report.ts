import { arch, cpus, freemem, release, totalmem, type } from 'node:os'
import { errorCatalogue } from '../../core/support/error-catalogue.ts'
import type { ErrorReport } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import type { LogFile } from '../../platform/store/log-file.ts'
import type { EarsState } from '../kit/ears.ts'
import { packageManifest } from '../kit/package-manifest.ts'
import type { Check } from './doctor.ts'
import type { Health } from './health.ts'
import { type LoggedError, loggedErrors } from './log-entries.ts'
import { programFile } from './program-files.ts'

/** A library that is open, or why it cannot be opened. */
export type ReportedLibrary =
  | { readonly health: Health; readonly checks: readonly Check[]; readonly ears: EarsState; readonly schema: number }
  | { readonly problem: ErrorReport }

export type ReportOptions = {
  /** Whether details may stand in it, which name files, folders and titles. */
  readonly withNames: boolean
  readonly at: string
}

const MOST_ERRORS = 30
const MOST_LOG_LINES = 400
const GIBIBYTE = 2 ** 30

const gigabytes = (bytes: number): string => `${(bytes / GIBIBYTE).toFixed(1)} GB`

const machineLines = (): readonly string[] => [
  `Algiers ${packageManifest.version}, Node ${process.version}, SQLite ${process.versions.sqlite}`,
  `${type()} ${/^[\d.]*/.exec(release())![0]} on ${arch()}, ${cpus().length} cores, ${gigabytes(totalmem())} memory (${gigabytes(freemem())} free)`,
]

/** A provider fails in words of its own, which may name files. */
const OWN_WORDS = /^its answer is off by [\d.e+-]+ from that of [a-z]+$/

const earsLines = (ears: EarsState, withNames: boolean): readonly string[] => {
  if (ears.state !== 'ready') return [ears.state === 'failed' ? `failed: ${ears.problem.code}` : 'not tried']
  return [
    `runs on ${ears.provider}`,
    ...ears.tried.map(({ provider, milliseconds, problem }) => {
      const speed = milliseconds === null ? '' : `, ${milliseconds.toFixed(1)} ms`
      if (problem === null) return `${provider}: right${speed}`
      return `${provider}: not used${speed}, ${withNames || OWN_WORDS.test(problem) ? problem : 'it failed'}`
    }),
  ]
}

/** The words of the program itself, whatever an error says of itself. */
const titleOf = (code: ErrorReport['code']): string =>
  code === 'INTERNAL' ? 'a fault in Algiers' : errorCatalogue[code].title

const libraryLines = (library: ReportedLibrary, withNames: boolean): readonly string[] => {
  if ('problem' in library) {
    const { code, detail } = library.problem
    return [`cannot be opened: ${code}, ${titleOf(code)}${withNames ? ` (${detail})` : ''}`]
  }
  const { health, schema } = library
  const { tracks, notAnalysed, unreadable, failed, missing, roots, jobs, activeVersion, threads, freeBytes } = health
  return [
    `${health.library.state}, schema ${schema}, ${freeBytes === null ? 'disk gone' : `${gigabytes(freeBytes)} free`}`,
    `${countText(tracks)}: ${notAnalysed} not analysed, ${unreadable} unreadable, ${failed} failed, ${missing} missing`,
    `${countText(roots.online, 'folder')}, ${roots.offline} offline; ${countText(jobs.running, 'job')} running, ${jobs.waiting} waiting`,
    `active version ${activeVersion ?? 'none'}, ${countText(threads, 'thread')}`,
  ]
}

/** The name of a check may hold the number of a version, and nothing of a person's own. */
const checkLines = (library: ReportedLibrary, withNames: boolean): readonly string[] =>
  'problem' in library
    ? []
    : library.checks.map(({ name, state, detail }) => `${state}: ${name}${withNames ? `: ${detail}` : ''}`)

const errorLines = ({ at, code, frames }: LoggedError): readonly string[] => [
  `${at ?? 'a process died'}: ${code}, ${titleOf(code)}`,
  ...frames.map((frame) => `  at ${frame}`),
]

const part = (title: string, lines: readonly string[]): string =>
  `\n${title}\n${lines.length === 0 ? '  none' : lines.map((line) => `  ${line.replaceAll('\n', '\n  ')}`).join('\n')}\n`

/**
 * What whoever mends Algiers has to know, as text to be read before it is sent. Without names nothing goes into it but numbers, codes
 * and words of the program itself: no title, no path, no name of a person's own can be in it, whatever it is.
 */
export const writeReport = (
  library: ReportedLibrary,
  log: Pick<LogFile, 'read'>,
  { withNames, at }: ReportOptions,
): string => {
  const text = log.read()
  const ears = 'problem' in library ? [] : earsLines(library.ears, withNames)
  return [
    `Report of Algiers, made ${at}\n`,
    withNames
      ? 'With names: titles, files and folders are in it.\n'
      : 'Without names: no title, file or folder is in it.\n',
    part('Machine', machineLines()),
    part('Library', libraryLines(library, withNames)),
    part('Network that hears', ears),
    part('Health check', checkLines(library, withNames)),
    part('Last errors', loggedErrors(text, programFile).slice(-MOST_ERRORS).flatMap(errorLines)),
    ...(withNames ? [part('Log', text.trimEnd().split('\n').slice(-MOST_LOG_LINES))] : []),
  ].join('')
}

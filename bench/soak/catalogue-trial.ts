import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { initCatalogue, openKeeper } from '../../src/catalogue.ts'
import type { CatalogueKeeper } from '../../src/engine/catalogue/catalogue-actions.ts'
import { type Connection, connect, untilBack } from '../../src/platform/catalogue/connect.ts'
import { type Postgres, startPostgres } from '../../src/platform/catalogue/postgres.fixture.ts'
import { SMALL_SECONDS, writeMusic } from './catalogue-music.ts'
import { startWorker, type WatchedWorker } from './catalogue-worker.ts'
import { makeNetwork, type Network } from './network-hosts.ts'
import type { Outcome } from './outcome.ts'
import { processorMs, processTicks, TICKS_A_SECOND } from './processor-time.ts'

/** Longer than a worker may be silent before its files are given to others. */
const CUT_OFF_MS = 40_000
const LOOK_MS = 500
const CONTROL_FILES = 8
/** Of a track as people play it; the limit of waiting is for these. */
const FULL_SECONDS = 300
const MOST_WAITING = 0.03

type Trial = { readonly url: string; readonly keeper: CatalogueKeeper; readonly connection: Connection }

const begin = async (postgres: Postgres, folder: string): Promise<Trial> => {
  const url = postgres.database()
  await initCatalogue(url, null)
  const keeper = await openKeeper(url)
  await keeper.add(folder)
  return { url, keeper, connection: connect(url) }
}

const end = async ({ keeper, connection }: Trial): Promise<void> => {
  await keeper.close()
  await connection.close()
}

const status = ({ keeper }: Trial): ReturnType<CatalogueKeeper['status']> => untilBack(() => keeper.status())

/** Waits until so much is done, while some worker lives. */
const untilDone = async (trial: Trial, wanted: number): Promise<void> => {
  for (;;) {
    const { done, dead, waiting, running } = await status(trial)
    if (done + dead >= wanted || waiting + running === 0) return
    await wait(LOOK_MS)
  }
}

/** Waits for the moment in which a worker has begun a file: it says nothing before it ends one. */
const untilBusy = async (trial: Trial): Promise<void> => {
  while ((await status(trial)).running === 0) await wait(LOOK_MS / 10)
}

const stopAll = async (workers: readonly WatchedWorker[]): Promise<readonly (number | null)[]> => {
  for (const { child } of workers) child.kill('SIGTERM')
  return Promise.all(workers.map(({ ended }) => ended))
}

/** How a worker is cut off: by pulling the plug of its host, or, where there can be no hosts, by having it stand still. */
const cutOff = (
  network: Network | null,
  { child }: WatchedWorker,
): { readonly how: string; readonly join: () => void } => {
  const host = network?.hosts[1]
  if (host) {
    host.cut()
    return { how: 'cut off the network', join: host.join }
  }
  child.kill('SIGSTOP')
  return { how: 'paused, since no network may be made here,', join: () => void child.kill('SIGCONT') }
}

/** Three workers on hosts of their own; one is killed, one cut off until others have its files, and the database falls over. */
const disasters = async (
  { postgres, network }: { readonly postgres: Postgres; readonly network: Network | null },
  folder: string,
  files: number,
): Promise<readonly Outcome[]> => {
  const trial = await begin(postgres, folder)
  const begun = performance.now()
  const workers = [0, 1, 2].map((nth) => {
    if (network === null) return startWorker(trial.url)
    const url = `${trial.url.replace('127.0.0.1', network.addresses[nth]!)}?sslmode=disable`
    return startWorker(url, { host: network.hosts[nth]!.prefix })
  }) as [WatchedWorker, WatchedWorker, WatchedWorker]
  await Promise.all(workers.map(({ ready }) => ready))
  await untilDone(trial, files / 5)
  await untilBusy(trial)
  workers[0].child.kill('SIGKILL')
  const atKill = await status(trial)
  await untilDone(trial, (2 * files) / 5)
  await untilBusy(trial)
  const { how, join: joinAgain } = cutOff(network, workers[1])
  const joined = wait(CUT_OFF_MS).then(joinAgain)
  const atCut = await status(trial)
  await untilDone(trial, (3 * files) / 5)
  postgres.restart()
  const atRestart = await status(trial)
  await joined
  await untilDone(trial, files)
  const seconds = (performance.now() - begun) / 1000
  const left = await status(trial)
  const verified = await untilBack(() => trial.keeper.verify())
  const codes = await stopAll([workers[1], workers[2]])
  const analysed = workers.flatMap(({ events }) => events).filter((event) => event.type === 'analysed')
  const again = analysed.filter((event) => !event.isNew).length
  await end(trial)
  return [
    {
      holds: left.waiting + left.running === 0 && left.done === files && left.dead === 0,
      what: `${files} files, three workers${network ? ' on hosts of their own' : ''}, one killed at ${atKill.done}, one ${how} for ${CUT_OFF_MS / 1000} s at ${atCut.done}, the database fallen over at ${atRestart.done}: ${left.done} done, ${left.dead} given up, ${left.waiting + left.running} left after ${seconds.toFixed(0)} s`,
    },
    {
      holds: verified.missing === 0 && verified.twice === 0 && verified.analysed === files && verified.tracks === files,
      what: `of them ${verified.analysed} with a result, ${verified.missing} missing, ${verified.twice} twice; ${again} results came a second time and were dropped`,
    },
    {
      holds: codes.every((code) => code === 0),
      what: `workers told to end finished what they had begun: exit codes ${codes.join(', ')}`,
    },
  ]
}

/** The same where a file is taken off the list when it is given out, not when its result is kept. */
const control = async (postgres: Postgres, folder: string): Promise<Outcome> => {
  const trial = await begin(postgres, folder)
  await trial.connection.sql(`
    CREATE FUNCTION algiers.at_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.state := 'done'; RETURN NEW; END $$;
    CREATE TRIGGER at_once BEFORE UPDATE ON algiers.files FOR EACH ROW WHEN (NEW.state = 'queued') EXECUTE FUNCTION algiers.at_once();
    CREATE FUNCTION algiers.forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.retry_limit := 0; NEW.dead_letter := NULL; RETURN NEW; END $$;
    CREATE TRIGGER forget BEFORE INSERT ON algiers_queue.job_common FOR EACH ROW EXECUTE FUNCTION algiers.forget()`)
  const doomed = startWorker(trial.url)
  await doomed.ready
  for (;;) {
    const [row] = await trial.connection.sql<{ active: number }>(
      `SELECT count(*)::int AS active FROM algiers_queue.job WHERE state = 'active'`,
    )
    if (row!.active > 0) break
    await wait(LOOK_MS / 10)
  }
  doomed.child.kill('SIGKILL')
  await doomed.ended
  const other = startWorker(trial.url)
  await other.ready
  for (;;) {
    const [row] = await trial.connection.sql<{ open: number }>(
      `SELECT count(*)::int AS open FROM algiers_queue.job WHERE state < 'completed'`,
    )
    if (row!.open === 0) break
    await wait(LOOK_MS)
  }
  await stopAll([other])
  const { analysed } = await trial.keeper.verify()
  await end(trial)
  return {
    holds: analysed < CONTROL_FILES,
    what: `control: files that count as done when they are given out, one worker killed: ${CONTROL_FILES - analysed} of ${CONTROL_FILES} lost`,
  }
}

/** Processor time of all that this process started and that has ended. */
const endedMs = (): number => ((processTicks(process.pid)?.ofEnded ?? 0) * 1000) / TICKS_A_SECOND

/** Work of some workers on the same files, and what part of it is agreeing on who does what. */
const throughput = async (
  postgres: Postgres,
  folder: string,
  { workers, seconds: length }: { readonly workers: number; readonly seconds: number },
): Promise<Outcome> => {
  const trial = await begin(postgres, folder)
  const before = endedMs()
  const all = Array.from({ length: workers }, () => startWorker(trial.url, { args: ['--until-done'] }))
  await Promise.all(all.map(({ ready }) => ready))
  const begun = performance.now()
  const databaseBefore = processorMs(postgres.pid())
  await Promise.all(all.map(({ ended }) => ended))
  const seconds = (performance.now() - begun) / 1000
  const ofDatabase = processorMs(postgres.pid()) - databaseBefore
  const ofWorkers = endedMs() - before
  const analysed = all.flatMap(({ events }) => events).filter((event) => event.type === 'analysed')
  const spent = analysed.reduce((sum, event) => sum + event.seconds, 0)
  const waited = analysed.reduce((sum, event) => sum + event.waitedSeconds, 0)
  await end(trial)
  const each = (ms: number): string => `${(ms / analysed.length).toFixed(0)} ms`
  const share = waited / spent
  return {
    holds: analysed.length > 0 && (length < FULL_SECONDS || share <= MOST_WAITING),
    what: `${workers} workers: ${analysed.length} files of ${length} s in ${seconds.toFixed(0)} s, ${(analysed.length / seconds).toFixed(2)} a second; each waits ${each(1000 * waited)} for the database, ${(100 * share).toFixed(1)} % of its time${length < FULL_SECONDS ? '' : ` (limit ${100 * MOST_WAITING} %)`}; processor time of a file: ${each(ofWorkers)} of workers, their start included, ${each(ofDatabase)} of the database`,
  }
}

/** What is told where there is no database to try it on. */
export const NO_DATABASE: Outcome = {
  holds: true,
  what: 'skip the catalogue: PostgreSQL is not installed (recipes/postgres)',
}
const MOST_THROUGHPUT_FILES = 40
const FULL_FILES = 8

/** What a catalogue must never lose, whoever dies. */
export const catalogueTrial = async (files: number): Promise<readonly Outcome[]> => {
  const network = makeNetwork(3)
  const options = network ? { addresses: network.addresses, range: network.range } : null
  const postgres = startPostgres(options ? { network: options } : {})
  const folder = mkdtempSync(join(tmpdir(), 'algiers-soak-catalogue-'))
  try {
    if (postgres === null) return [NO_DATABASE]
    const [many, few, some, full] = [
      join(folder, 'many'),
      join(folder, 'few'),
      join(folder, 'some'),
      join(folder, 'full'),
    ]
    writeMusic(many, files)
    writeMusic(few, CONTROL_FILES)
    writeMusic(some, Math.min(MOST_THROUGHPUT_FILES, files))
    writeMusic(full, FULL_FILES, FULL_SECONDS)
    const outcomes = [await control(postgres, few), ...(await disasters({ postgres, network }, many, files))]
    for (const [music, seconds] of [
      [some, SMALL_SECONDS],
      [full, FULL_SECONDS],
    ] as const)
      for (const workers of [1, 2, 4]) outcomes.push(await throughput(postgres, music, { workers, seconds }))
    return outcomes
  } finally {
    postgres?.stop()
    network?.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}

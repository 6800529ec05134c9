import { type FormEvent, type ReactElement, useEffect, useId, useState } from 'react'
import { UNMATCHED_WORDS } from '../../core/interop/libraries/unmatched-words.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { openFolders } from '../library/folders-state.ts'
import { useHealth } from '../queries/use-health.ts'
import styles from './bring-in.module.css'
import { change, look, type Move, useBringIn } from './bring-in-state.ts'
import type { LibraryReport } from './use-job-report.ts'

/** Says where a folder of the other program lies here. */
const MoveForm = ({ example }: { readonly example: string | null }): ReactElement => {
  const moves = useBringIn((state) => state.moves)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const ids = [useId(), useId()]
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    look({ moves: [...moves, { from: from.trim(), to: to.trim() }] })
    setFrom('')
    setTo('')
  }
  return (
    <form className={styles.move} onSubmit={submit}>
      <div>
        <label htmlFor={ids[0]}>Folder there</label>
        <input
          id={ids[0]}
          value={from}
          placeholder={example?.split('/').slice(0, -1).join('/') ?? 'D:/Music'}
          onChange={({ target }) => setFrom(target.value)}
        />
      </div>
      <div>
        <label htmlFor={ids[1]}>The same folder here</label>
        <input id={ids[1]} value={to} placeholder="/Volumes/Music" onChange={({ target }) => setTo(target.value)} />
      </div>
      <Button type="submit" disabled={from.trim() === '' || to.trim() === ''}>
        Match again
      </Button>
    </form>
  )
}

const Suggestions = ({ suggested }: { readonly suggested: LibraryReport['moves'] }): ReactElement => {
  const moves = useBringIn((state) => state.moves)
  const use = ({ from, to }: Move): void => look({ moves: [...moves, { from, to }] })
  return (
    <ul className={styles.plain}>
      {suggested.map((one) => (
        <li key={`${one.from}${one.to}`} className={styles.line}>
          <span className={styles.path}>
            {one.from} lies in {one.to} now
          </span>
          <Button onClick={() => use(one)}>Find {countText(one.tracks, 'more track')}</Button>
        </li>
      ))}
    </ul>
  )
}

/** Whoever adds music in between need not know that matching is a step of its own. */
const LibraryChanged = (): ReactElement | null => {
  const { data } = useHealth()
  const before = useBringIn((state) => state.ownTracks)
  const now = data?.tracks
  useEffect(() => {
    if (before === null && now !== undefined) change({ ownTracks: now })
  }, [before, now])
  if (before === null || now === undefined || now === before) return null
  return (
    <p role="status" className={styles.line}>
      {now > before ? `Your library has ${countText(now - before, 'more track')} now.` : 'Your library has changed.'}
      <Button onClick={() => look()}>Match again</Button>
    </p>
  )
}

/** Which tracks are in the library, which not and why, and a way to point at the folder. */
export const MatchPanel = ({ libraries }: { readonly libraries: readonly LibraryReport[] }): ReactElement => {
  const sum = (of: (library: LibraryReport) => number): number => libraries.reduce((total, one) => total + of(one), 0)
  const missing = libraries.flatMap((one) => one.missing)
  const lost = missing.filter(({ reason }) => reason === 'not found')
  const suggested = libraries.flatMap(({ moves }) => moves).filter(({ tracks }) => tracks > 0)
  const [matched, unmatched] = [sum((one) => one.matched), sum((one) => one.unmatched)]
  const notAnalysed = sum(({ not_analysed }) => not_analysed)
  const reasons = Map.groupBy(
    libraries.flatMap(({ unmatched_by }) => unmatched_by),
    ({ reason }) => reason,
  )
  return (
    <Panel title="Your tracks" aside={`${matched.toLocaleString('en-GB')} found`}>
      <div className={styles.stack}>
        <LibraryChanged />
        <p>
          {matched === 0 && unmatched > 0
            ? 'None of its tracks are in your library:'
            : `${countText(matched)} found in your library${unmatched > 0 ? '. The others:' : '.'}`}
        </p>
        {unmatched > 0 && (
          <ul className={styles.plain}>
            {[...reasons].map(([reason, all]) => (
              <li key={reason}>
                {countText(all.reduce((total, { tracks }) => total + tracks, 0))} {UNMATCHED_WORDS[reason]}
              </li>
            ))}
          </ul>
        )}
        {notAnalysed > 0 && (
          <p>
            {countText(notAnalysed)} not analysed yet. Bring the library in all the same: their sections are suggested
            as soon as they are.
          </p>
        )}
        {suggested.length > 0 && <Suggestions suggested={suggested} />}
        {lost.length > 0 && (
          <>
            <p className="quiet">Is the music in another folder or on another drive here? Point at it:</p>
            <MoveForm example={lost[0]?.path ?? null} />
            <p className={styles.line}>
              <span className="quiet">Or is the music not in Algiers yet?</span>
              <Button onClick={() => openFolders()}>Add a folder</Button>
            </p>
          </>
        )}
        {missing.length > 0 && (
          <details>
            <summary>{missing.length < unmatched ? `Show the first ${missing.length}` : 'Show them'}</summary>
            <ul className={styles.missing}>
              {missing.map(({ title, artist, path, reason, streaming }, at) => (
                <li key={at}>
                  {[artist, title ?? path].filter(Boolean).join(' – ') || 'Without a name'}{' '}
                  <span className="quiet">
                    {streaming ?? (reason === 'not found' ? path : UNMATCHED_WORDS[reason])}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Panel>
  )
}

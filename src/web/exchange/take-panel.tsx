import type { ReactElement } from 'react'
import { alreadyThereWords } from '../../core/interop/libraries/already-there-words.ts'
import type { GridChoice } from '../../core/interop/libraries/grid-choice.ts'
import { leftOutWords } from '../../core/interop/libraries/left-out-words.ts'
import { offsetWords } from '../../core/interop/libraries/offset-words.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import styles from './bring-in.module.css'
import { bringIn, change, look, useBringIn } from './bring-in-state.ts'
import type { LibraryReport } from './use-job-report.ts'

const GRID_WORDS: Readonly<Record<GridChoice, string>> = {
  none: 'Keep ours',
  unsure: 'Take theirs where ours is unsure',
  all: 'Take theirs everywhere',
}
const GRID_NAMES = Object.keys(GRID_WORDS) as readonly GridChoice[]

/** What would come of it, what comes along, and the button. */
export const TakePanel = ({
  libraries,
  isBusy,
}: {
  readonly libraries: readonly LibraryReport[]
  readonly isBusy: boolean
}): ReactElement => {
  const { grids, notes, playlists, deleted, leftOut, answers } = useBringIn()
  const wanted = libraries.filter((_, at) => !leftOut.includes(at))
  const sum = (of: (library: LibraryReport) => number): number => wanted.reduce((total, one) => total + of(one), 0)
  const otherGrids = sum(({ other_grids }) => other_grids)
  const [matched, suggestions] = [sum((one) => one.matched), sum((one) => one.suggestions)]
  const alreadyThere = sum(({ already_there }) => already_there ?? 0)
  const waiting = sum(({ not_analysed }) => not_analysed)
  const updated = sum(({ playlists_updated }) => playlists_updated ?? 0)
  const kept = sum(({ playlists_kept }) => playlists_kept ?? 0)
  const gone = sum(({ playlists_deleted }) => playlists_deleted ?? 0)
  const offGrid = sum(({ off_grid }) => off_grid)
  return (
    <Panel title="Bring it in">
      <div className={styles.stack}>
        {wanted.length === 0 ? (
          <p>Choose a library above.</p>
        ) : matched === 0 ? (
          <p>Add its tracks to your library first: until then, nothing can be brought in.</p>
        ) : (
          <p>
            {(suggestions > 0 || waiting === 0) &&
              `${countText(suggestions, 'section')} would be suggested on ${countText(sum(({ suggested_tracks }) => suggested_tracks))}. `}
            {waiting > 0 && `The sections of ${countText(waiting)} follow once they are analysed. `}
            They count only once you accept them.{' '}
            {answers.length > 0 && <Button onClick={() => look()}>Count again with your answers</Button>}
          </p>
        )}
        {alreadyThere > 0 && <p className="quiet">{alreadyThereWords(alreadyThere)}.</p>}
        {wanted.map(
          ({ program, source, offset_tracks: tracks, median_offset_seconds: offset, offset_range_seconds: range }) =>
            offset !== null && (
              <p key={source} className="quiet">
                {program} begins {countText(tracks)} at another moment than Algiers: their cues are moved by{' '}
                {offsetWords(offset, range ?? undefined)}.
              </p>
            ),
        )}
        {offGrid > 0 && <p className="quiet">{countText(offGrid, 'cue')} off the grid will be moved to a beat.</p>}
        {leftOutWords(
          sum(({ outside }) => outside),
          sum(({ too_short }) => too_short),
        ).map((words) => (
          <p key={words} className="quiet">
            {words}.
          </p>
        ))}
        {updated > 0 && (
          <p className="quiet">{countText(updated, 'playlist')} of an earlier import will be brought up to date.</p>
        )}
        {kept > 0 && (
          <p className="quiet">
            {countText(kept, 'playlist')} of an earlier import that you have changed since{' '}
            {kept === 1 ? 'stays' : 'stay'} as {kept === 1 ? 'it is' : 'they are'}.
          </p>
        )}
        <div className={styles.options}>
          <label className={styles.tick}>
            <input type="checkbox" checked={notes} onChange={({ target }) => change({ notes: target.checked })} />
            <span>Ratings, colours, comments and play counts, where you have noted nothing</span>
          </label>
          <label className={styles.tick}>
            <input
              type="checkbox"
              checked={playlists}
              onChange={({ target }) => change({ playlists: target.checked })}
            />
            <span>
              {countText(
                sum((one) => one.playlists),
                'playlist',
              )}
            </span>
          </label>
          {playlists && (gone > 0 || deleted) && (
            <label className={styles.tick}>
              <input type="checkbox" checked={deleted} onChange={({ target }) => change({ deleted: target.checked })} />
              <span>Also {gone > 0 ? countText(gone, 'playlist') : 'playlists'} that you have deleted here</span>
            </label>
          )}
          {otherGrids > 0 && (
            <label className={styles.select}>
              <span>{countText(otherGrids, 'beat grid')} differ from ours</span>
              <select value={grids} onChange={({ target }) => change({ grids: target.value as GridChoice })}>
                {GRID_NAMES.map((name) => (
                  <option key={name} value={name}>
                    {GRID_WORDS[name]}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
        <Button look="main" disabled={isBusy || matched === 0} onClick={() => bringIn(libraries.length)}>
          {isBusy ? 'Bringing it in…' : 'Bring it in'}
        </Button>
      </div>
    </Panel>
  )
}

import type { ReactElement } from 'react'
import { libraryTitle } from '../../core/interop/libraries/library-title.ts'
import { countText } from '../../core/units/count-text.ts'
import { Panel } from '../kit/elements/panel.tsx'
import styles from './bring-in.module.css'
import { change, useBringIn } from './bring-in-state.ts'
import type { LibraryReport } from './use-job-report.ts'

const HELD = ['tracks', 'cues', 'loops', 'phrases', 'grids', 'playlists'] as const

const FoundLibrary = ({ library, at }: { readonly library: LibraryReport; readonly at: number }): ReactElement => {
  const leftOut = useBringIn((state) => state.leftOut)
  const { source, warnings } = library
  const { name: title, kind } = libraryTitle(library)
  const isWanted = !leftOut.includes(at)
  const toggle = (): void => change({ leftOut: isWanted ? [...leftOut, at] : leftOut.filter((one) => one !== at) })
  return (
    <li className={styles.found}>
      <label className={styles.tick}>
        <input type="checkbox" checked={isWanted} onChange={toggle} />
        <strong>{title}</strong>
        <span className="quiet">{kind}</span>
      </label>
      <p className={`quiet ${styles.path}`}>{source}</p>
      <dl className={styles.counts}>
        {HELD.map((name) => (
          <div key={name}>
            <dt>{name === 'grids' ? 'beat grids' : name}</dt>
            <dd className="figures">{library[name].toLocaleString('en-GB')}</dd>
          </div>
        ))}
      </dl>
      {warnings.length > 0 && (
        <details>
          <summary>{countText(warnings.length, 'remark')} about this library</summary>
          <ul className={styles.plain}>
            {warnings.map(({ text, place, count }) => (
              <li key={`${text}${place}`}>
                {text} {place !== null && <span className="quiet">{place}</span>}
                {count > 1 && <span className="quiet"> and {count - 1} more</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

/** What the libraries hold, in counts. */
export const FoundPanel = ({ libraries }: { readonly libraries: readonly LibraryReport[] }): ReactElement => (
  <Panel title="What it holds">
    <ul className={styles.plain}>
      {libraries.map((library, at) => (
        <FoundLibrary key={`${library.format}${library.source}`} library={library} at={at} />
      ))}
    </ul>
  </Panel>
)

import { type ReactElement, type ReactNode, useId } from 'react'
import styles from './panel.module.css'

type PanelProps = { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }

/** A titled box of a screen; `aside` stands at the right of the title. */
export const Panel = ({ title, aside, children }: PanelProps): ReactElement => {
  const titleId = useId()
  return (
    <section className={styles.panel} aria-labelledby={titleId}>
      <header className={styles.header}>
        <h2 id={titleId}>{title}</h2>
        <div className="quiet figures">{aside}</div>
      </header>
      {children}
    </section>
  )
}

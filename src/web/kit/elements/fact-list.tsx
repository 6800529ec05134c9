import type { ReactElement, ReactNode } from 'react'
import styles from './fact-list.module.css'

/** Names of facts (`dt`) with what they are (`dd`) beside them. */
export const FactList = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <dl className={styles.facts}>{children}</dl>
)

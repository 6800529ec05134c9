import type { ComponentProps, ReactElement } from 'react'
import styles from './button.module.css'

type ButtonProps = ComponentProps<'button'> & {
  /** @default 'plain' */
  readonly look?: 'plain' | 'main' | 'danger' | 'bare'
}

export const Button = ({ look = 'plain', className = '', ...rest }: ButtonProps): ReactElement => (
  <button type="button" className={`${styles.button} ${className}`} data-look={look} {...rest} />
)

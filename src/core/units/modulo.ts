/** The remainder that is never negative. @returns from 0, below the period */
export const modulo = (value: number, period: number): number => ((value % period) + period) % period

export const meanOf = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

/** As much as it takes to notice a mistake. */
export const little = { thorough: false, runs: 15, steps: 3 };

"""Jobs of authors, as parts of patterns."""

# What somebody does at a paper.
JOB = (
    r"(?:writer|reporter|editor|journalist|correspondent|columnist|contributor|author|freelancer|blogger|producer|photographer"
    r"|fellow(?!\s(?!at\b|of\b|in\b|for\b|with\b|and\b|who\b|on\b)\w)|intern|staffer|bureau\s+chief|newsletter)"
)
# What anybody who writes may be besides.
WORK = (
    r"(?:(?:ad)?visers?|advisors?|planner|(?:co-?)?founder|owner|ceo|cto|cfo|president|director|manager|head|partner|principal"
    r"|executive|professor|lecturer|teacher|instructor|educator|tutor|coach|trainer|student|candidate|researcher|scientist"
    r"|historian|economist|analyst|engineer|developer|programmer|designer|architect|strategist|specialist|expert|consultant"
    r"|marketer|copywriter|publicist|lawyer|attorney|solicitor|barrister|physician|doctor|surgeon|nurse|dentist|pharmacist"
    r"|dieti[ct]ian|nutritionist|therapist|physiotherapist|psychologist|pathologist|veterinarian|chef|cook|baker|sommelier"
    r"|gardener|florist|farmer|artist|illustrator|musician|poet|novelist|playwright|translator|essayist|critic|reviewer|host"
    r"|podcaster|speaker|entrepreneur|enthusiast|traveller|traveler|backpacker|mum|mom|mother|father|dad|accountant|bookkeeper"
    r"|broker|agent|mechanic|electrician|stylist|curator|librarian|pastor|ambassador|volunteer|behaviourist|mediator|cpa)"
)
